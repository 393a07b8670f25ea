/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/document-error.h"

G_DEFINE_QUARK (kutip - document - error - quark, kutip_document_error)
