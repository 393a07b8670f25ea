# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of kutip's command line in fish.

complete -c kutip -s h -l help -d 'Print all options and end'
complete -c kutip -l samples -d 'Open the samples, in a folder of your own'
complete -c kutip -s v -l version -d 'Print the version and end'
