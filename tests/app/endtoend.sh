#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Blockscope authors
# SPDX-License-Identifier: MIT
#
# From the start to the exported picture under a real X server, by real mouse and keys:
#   endtoend.sh BLOCKSCOPE CAPTURE OUTPUT-FOLDER
# Drags block-commit onto l3 and starts it, drags block-stream onto l4, which is refused, exports a PNG, saves, and
# reads from the saved file what happened. Waits for conditions, never for a time; gives up after a minute each.
set -u
blockscope=$1
capture=$2
out=$3

rm -rf "$out"
mkdir -p "$out/config" "$out/runtime"
chmod 700 "$out/runtime"
export XDG_CONFIG_HOME=$out/config XDG_RUNTIME_DIR=$out/runtime HOME=$out QT_QPA_PLATFORM=xcb QT_SCALE_FACTOR=1 LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY

exec 3<>"$out/display"
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp >"$out/xvfb.log" 2>&1 &
server=$!
program=
finish() {
    [ -z "$program" ] || kill "$program" 2>/dev/null
    kill "$server" 2>/dev/null
    wait 2>/dev/null
}
trap finish EXIT

fail() {
    echo "FAIL: $1"
    [ -z "${DISPLAY:-}" ] || import -window root "$out/failure.png" 2>/dev/null
    exit 1
}
until_true() { # until_true WHAT COMMAND...: polls for at most a minute
    local what=$1 deadline=$((SECONDS + 60))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || fail "waited in vain until $what"
        read -r -t 0.1 <> <(:) || true
    done
}

until_true "Xvfb has a display" test -s "$out/display"
DISPLAY=:$(tr -d '[:space:]' <"$out/display")
export DISPLAY
"$blockscope" "$capture" >"$out/program.log" 2>&1 &
program=$!

window() { xdotool search --onlyvisible --name "$1"; }
pixels() { import -window root -crop "$1" +repage -format '%k' info:; } # number of colours in a part of the screen
reasons_shown() { [ "$(pixels 350x300+1085+60)" -gt 60 ]; }
drawn() { [ "$(pixels 820x600+230+60)" -gt 20 ]; }
until_true "the window is there" window 'chain-4'
until_true "the graph is drawn" drawn

drag() { # drag X1 Y1 X2 Y2: from a palette row onto a node, in small steps as a hand does
    xdotool mousemove "$1" "$2" mousedown 1
    for i in 1 2 3 4 5 6 7 8 9 10; do
        xdotool mousemove --sync $(($1 + ($3 - $1) * i / 10)) $(($2 + ($4 - $2) * i / 10))
    done
    xdotool mouseup 1
}
focus() { # focus TITLE: there is no window manager, so the keyboard is handed over here
    until_true "there is a window named $1" window "$1"
    xdotool windowfocus --sync "$(window "$1" | tail -n 1)"
}
titled() { window "$1" | grep -q .; }
has() { [ -s "$1" ]; }

focus 'chain-4'
drag 83 147 578 280 # block-commit onto l3
focus '^block-commit$'
xdotool key Return # the form's Start
until_true "the title tells of a change" titled 'chain-4.*[*]'
focus 'chain-4'
drag 83 176 578 177 # block-stream onto l4
focus 'chain-4'
until_true "the why panel is filled" reasons_shown

xdotool key ctrl+e
focus '^Export'
xdotool key Return # as it proposes: into the home folder
until_true "the picture is written" has "$out/08-chain-4.png"
focus 'chain-4'
xdotool key ctrl+shift+s
focus '^Save'
xdotool key ctrl+a
xdotool type "$out/session.blockscope"
xdotool key Return
until_true "the session is saved" has "$out/session.blockscope"

# What happened is in the file, and the picture is one.
outcome=$("$blockscope" run "$out/session.blockscope" --format json) || fail "the saved session does not run"
echo "$outcome" | grep -q '"verdict": "allowed"' || fail "block-commit was not allowed: $outcome"
echo "$outcome" | grep '"verdict": "refused"' | grep -q '"holder": "commit0"' || fail "block-stream was not refused: $outcome"
size=$(identify -format '%w %h' "$out/08-chain-4.png") || fail "the picture is no PNG"
read -r width height <<<"$size"
[ "$width" -gt 600 ] && [ "$height" -gt 800 ] || fail "the picture is only $width x $height"
kill -0 "$program" || fail "the program has ended"
echo "PASS: a commit, a refused stream, a picture of $width x $height pixels"
