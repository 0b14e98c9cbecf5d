#!/bin/sh
# Prepare .venv with the command `servanda` in it. Usage: sh tools/setup.sh run|dev
set -eu
kind=${1:-run}
python=${PYTHON:-python3}
venv=.venv

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "servanda needs Python 3.11 or newer; $("$python" --version) found. Try: make PYTHON=python3.11 setup" >&2
    exit 2
}
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$venv"
    # Debian and Ubuntu ship Python without ensurepip; their package python3-venv brings it.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            echo "installing python${version}-venv (Debian's Python comes without ensurepip)"
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python${version}-venv" ca-certificates >/dev/null
        else
            echo "this Python cannot make virtual environments: run 'sudo apt-get install python3-venv', then make again" >&2
            exit 2
        fi
    fi
    "$python" -m venv "$venv"
fi
lock=requirements.lock
[ "$kind" = dev ] && lock=requirements-dev.lock
echo "installing from $lock"
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip install -q --root-user-action=ignore --require-hashes -r "$lock"
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip install -q --root-user-action=ignore --no-deps -e .
touch "$venv/.ready"
[ "$kind" = dev ] && touch "$venv/.ready-dev"
exit 0
