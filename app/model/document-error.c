/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/document-error.h"

G_DEFINE_QUARK (kutip_document_error_quark, kutip_document_error)
