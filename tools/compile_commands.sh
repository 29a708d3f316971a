#!/bin/sh
# compile_commands.sh SOURCES COMPILER FLAGS... - how each source file of
# the library and of its suites is compiled, for editors and analysers; behind "make compile_commands.json".

cd "$1" || exit 1
sources=$(pwd)
cd "$OLDPWD" || exit 1
shift

# What is on standard input, in quotes.
quote()
{
    sed 's/[\\"]/\\&/g; s/^/"/; s/$/"/'
}

flags=
for flag in "$@"; do
    flags="$flags$(printf '%s\n' "$flag" | quote), "
done
directory=$(pwd | quote)

before='['
for file in $(cd "$sources" && find compat lib tests -name '*.c' | LC_ALL=C sort); do
    name=$(printf '%s\n' "$sources/$file" | quote)
    printf '%s\n{"directory": %s, "file": %s,\n "arguments": [%s"-c", %s]}' \
        "$before" "$directory" "$name" "$flags" "$name"
    before=,
done
printf '\n]\n'
