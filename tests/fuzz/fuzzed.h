/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Whose reader is fuzzed, and what its file is called. */
extern const char fuzzed_format[];
extern const char fuzzed_file[];
