#!/bin/sh
# The linker that Cargo calls here: the system's C compiler, as always.
#
# On a machine that has Rust and nothing else there is none, and then not even `cargo xtask`, which
# sets everything else up, could be built. So this installs it first: asked on a terminal, at once
# as root or with CI set, and elsewhere it says what to run.
command -v cc >/dev/null 2>&1 && exec cc "$@"

install='apt-get install -y --no-install-recommends build-essential'
# Both commands, for a person to copy: on a new system the lists of packages are missing, too.
by_hand() { echo "$1apt-get update && $1$install"; }
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Rust needs a C compiler to link programs: install gcc (or clang) and the C library's headers, then try again." >&2
    exit 1
fi

# Cargo links several programs at once; one of them installs, the others wait.
exec 9>"${TMPDIR:-/tmp}/stockroom-cc-$(id -u).lock"
flock 9
command -v cc >/dev/null 2>&1 && exec cc "$@"

# Cargo keeps back what a linker prints, so a person is told on the terminal itself.
terminal=/dev/null
if (: >/dev/tty) 2>/dev/null; then terminal=/dev/tty; fi

as_root=''
if [ "$(id -u)" != 0 ]; then
    as_root='sudo '
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Rust needs a C compiler to link programs. Run as root (there is no sudo here): $(by_hand)" >&2
        exit 1
    fi
    case ${CI:-} in
    '' | false)
        if [ "$terminal" = /dev/null ]; then
            echo "Rust needs a C compiler to link programs. Run: $(by_hand 'sudo ')" >&2
            exit 1
        fi
        printf 'Rust needs a C compiler to link programs: build-essential. Install it now? [Y/n] ' >"$terminal"
        read -r answer <"$terminal" || answer=n
        case $answer in
        '' | [Yy]*) ;;
        *)
            echo "Nothing was installed. Run: $(by_hand 'sudo ')" >&2
            exit 1
            ;;
        esac
        ;;
    esac
fi

echo "Installing build-essential, so that Rust can link programs." >"$terminal"
export DEBIAN_FRONTEND=noninteractive
# A list that can't be refreshed may still be good enough, so only the install decides.
${as_root}apt-get update >&2
if ! ${as_root}env DEBIAN_FRONTEND=noninteractive $install >&2 || ! command -v cc >/dev/null 2>&1; then
    echo "The C compiler could not be installed. Run: $(by_hand "$as_root")" >&2
    exit 1
fi
exec cc "$@"
