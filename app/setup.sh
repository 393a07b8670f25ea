# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by app/run and tests/run: installs what is missing, sets a build folder up, and builds.
# The caller sets $top, the checkout. Nothing is asked, and no package manager started, when nothing is missing.

: "${top:?}"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# The Python that the system's packages (python3-gi) belong to, whatever else stands first in PATH.
system_python() {
  if [ -x /usr/bin/python3 ]; then echo /usr/bin/python3; else command -v python3; fi
}

# Sets $manager and $column, the field of app/requirements that has the package names.
find_package_manager() {
  if command -v apt-get >/dev/null; then
    manager=apt column=3
  elif command -v dnf >/dev/null; then
    manager=dnf column=4
  elif command -v pacman >/dev/null; then
    manager=pacman column=5
  else
    manager=none column=3
  fi
}

have_python_module() {
  local python
  python=$(system_python) && [ -n "$python" ] || return 1
  "$python" -c 'import importlib.util as i, sys; sys.exit(i.find_spec(sys.argv[1]) is None)' "$1"
}

have_library() {
  command -v cc >/dev/null || return 1
  [[ $(cc -print-file-name="lib$1.so") == */* ]]
}

have_font() {
  command -v fc-list >/dev/null && [ -n "$(fc-list ":lang=$1" family)" ]
}

have_typelib() {
  compgen -G "/usr/lib*/girepository-1.0/$1.typelib" >/dev/null ||
    compgen -G "/usr/lib/*/girepository-1.0/$1.typelib" >/dev/null
}

# One check of app/requirements, such as "pkg:gtk4>=4.8".
have() {
  case $1 in
    cmd:*) command -v "${1#cmd:}" >/dev/null ;;
    pkg:*) command -v pkg-config >/dev/null && pkg-config --exists "$(spell_module "${1#pkg:}")" ;;
    py:*) have_python_module "${1#py:}" ;;
    gir:*) have_typelib "${1#gir:}" ;;
    lib:*) have_library "${1#lib:}" ;;
    font:*) have_font "${1#font:}" ;;
    glob:*) compgen -G "${1#glob:}" >/dev/null ;;
    *) fail "app/requirements: there is no check called $1" ;;
  esac
}

# "gtk4>=4.8" as pkg-config wants it.
spell_module() {
  local module=${1%%>=*}
  if [ "$module" = "$1" ]; then echo "$1"; else echo "$module >= ${1#*>=}"; fi
}

# Sets $missing (checks) and $packages for the groups named, in the order of app/requirements.
find_missing() {
  local group check fields modules=() all_modules=no
  missing=() packages=()
  # All pkg-config modules at once: one process instead of one for each.
  if command -v pkg-config >/dev/null; then
    while read -r -a fields; do
      [[ ${fields[1]-} == pkg:* ]] && modules+=("$(spell_module "${fields[1]#pkg:}")")
    done <"$top/app/requirements"
    pkg-config --exists "${modules[@]}" && all_modules=yes
  fi
  while read -r -a fields; do
    [[ ${fields[0]-} == [a-z]* ]] || continue
    group=${fields[0]} check=${fields[1]}
    [[ " $* " == *" $group "* && ${fields[$column - 1]} != - ]] || continue
    [[ $all_modules == yes && $check == pkg:* ]] && continue
    have "$check" && continue
    missing+=("$check")
    IFS=, read -r -a fields <<<"${fields[$column - 1]}"
    packages+=("${fields[@]}")
  done <"$top/app/requirements"
}

# Shows a long command's output as it comes on a terminal, elsewhere only when it failed.
run_quietly() {
  local log status=0
  if [ -t 2 ]; then
    "$@" >&2
    return
  fi
  log=$(mktemp "${TMPDIR:-/tmp}/kutip-log-XXXXXX")
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" = 0 ] || cat "$log" >&2
  rm -f -- "$log"
  return "$status"
}

# Runs a command as root; asks for the password by sudo where that is needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "This needs root, and there is no sudo here. Please run as root: $*"
  fi
}

install_packages() {
  case $manager in
    apt)
      # An old list of packages names versions that the mirror no longer has.
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update ||
        say "The list of packages could not be refreshed; trying with the one that is here."
      run_quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
        -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"
      ;;
    dnf) run_quietly as_root dnf -y --setopt=install_weak_deps=False install "$@" ;;
    pacman) run_quietly as_root pacman -Sy --needed --noconfirm "$@" ;;
    none)
      fail "No apt-get, dnf or pacman here to install what is missing: ${missing[*]}" \
        "(on Debian these are the packages $*)."
      ;;
  esac
}

# Installs what the groups named ("build", "page", "test") need and the system lacks.
require() {
  local unique
  find_package_manager
  find_missing "$@"
  [ ${#missing[@]} = 0 ] && return
  mapfile -t unique < <(printf '%s\n' "${packages[@]}" | awk '!seen[$0]++')
  say "Kutip needs packages that are not installed yet: ${unique[*]}"
  if [ "$(id -u)" = 0 ]; then say "Installing them."; else say "Installing them with sudo."; fi
  install_packages "${unique[@]}" || fail "The packages could not be installed."
  hash -r
  find_missing "$@"
  [ ${#missing[@]} = 0 ] ||
    fail "Still missing, or too old on this system: ${missing[*]}"
}

# configure BUILD_FOLDER MESON_OPTION…: sets the folder up once, and again when the checkout has
# moved or the options have changed.
configure() {
  local build=$1 wanted had=
  shift
  wanted=$(printf '%s\n' "$top" "$@")
  [ -f "$build/kutip-setup" ] && had=$(<"$build/kutip-setup")
  [[ $had == "$wanted" && -f $build/build.ninja ]] && return
  rm -rf -- "$build"
  say "Setting up ${build#"$top/"}."
  meson setup "$build" "$top" "$@" >"$build.log" 2>&1 || {
    cat "$build.log" >&2
    fail "meson could not set up $build."
  }
  mv -- "$build.log" "$build/kutip-setup.log"
  printf '%s\n' "$wanted" >"$build/kutip-setup"
}

# build TARGET BUILD_FOLDER MESON_OPTION…: configures and builds; says little unless something is wrong.
# Two at once on one folder wait for one another.
build() {
  local target=$1 folder=$2 log
  shift
  (
    if command -v flock >/dev/null; then
      exec 9>"$folder.lock"
      flock 9
    fi
    configure "$@" 9>&-
    log=$folder/kutip-build.log
    if [[ $(ninja -C "$folder" -n "$target" 2>/dev/null 9>&-) == *'no work to do'* ]]; then exit 0; fi
    say "Building."
    if [ -t 2 ]; then
      ninja -C "$folder" "$target" >&2 9>&- || fail "The build failed."
    elif ! ninja -C "$folder" "$target" >"$log" 2>&1 9>&-; then
      grep -vE '^\[[0-9]+/' "$log" >&2
      fail "The build failed."
    fi
  )
}
