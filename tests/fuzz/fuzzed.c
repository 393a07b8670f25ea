/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzzed.h"

const char fuzzed_format[] = FUZZED_FORMAT;
const char fuzzed_file[] = FUZZED_FILE;
