#!/bin/sh
# Makes the demo clip: pictures and music from RenderClip.java, coded by ffmpeg (with libx264) into one FLV.
# The clip and this generator are the project's own work, Apache-2.0. Needs: a JDK 25 (java), ffmpeg.
set -eu
cd "$(dirname "$0")"
out=${1:-../src/main/resources/dev/confetti/demo/clip.flv}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Audio: the loop is coded three times over and the middle one kept, so that the coder's state at its end is that at its
# beginning. 24 s at 48 kHz are exactly 1125 AAC frames of 1024 samples.
"$java" -Djava.awt.headless=true RenderClip.java audio > "$work/loop.pcm"
cat "$work/loop.pcm" "$work/loop.pcm" "$work/loop.pcm" > "$work/three.pcm"
ffmpeg -v error -f s16le -ar 48000 -ac 2 -i "$work/three.pcm" -c:a aac -b:a 96k "$work/three.m4a"
ffmpeg -v error -ss 24 -i "$work/three.m4a" -frames:a 1125 -c copy "$work/loop.m4a"

# Video: a key frame each second, no B-frames (decoding time is presentation time), closed at the loop's seam.
"$java" -Djava.awt.headless=true RenderClip.java video |
    ffmpeg -v error -f rawvideo -pix_fmt bgr24 -s 854x480 -r 25 -i - \
        -c:v libx264 -preset veryslow -tune animation -profile:v main -pix_fmt yuv420p -bf 0 -g 25 -keyint_min 25 -sc_threshold 0 \
        -crf 28 -maxrate 860k -bufsize 860k "$work/loop.mp4"

mkdir -p "$(dirname "$out")"
ffmpeg -v error -y -i "$work/loop.mp4" -i "$work/loop.m4a" -map 0:v -map 1:a -map_metadata -1 -c copy \
    -metadata title="Confetti demo clip" -metadata copyright="The Confetti project, Apache-2.0" -fflags +bitexact -flvflags no_duration_filesize "$out"
ls -l "$out"
