#!/bin/sh
# headers.sh - the public headers suit every C and C++, and every header
# stands alone.

. "${top_srcdir:-.}/tests/support/tap.sh"

warnings='-Wall -Wextra -Wpedantic -Werror'
public=$(cd "$srcdir" && ls include/*.h &&
    sed -n '/^compat_public_headers/,/[^\\]$/s|.*\(compat/[A-Za-z0-9]*\.h\).*|\1|p' \
        compat/Makefile.inc)
internal=$(cd "$srcdir" && find lib compat -name '*.h' | LC_ALL=C sort)

# twice FILE HEADER - writes a source that includes a header two times.
twice()
{
    printf '#include "%s"\n#include "%s"\nextern int unused;\n' "$2" "$2" >"$1"
}

# each HEADERS COMMAND... - the command compiles every one of the headers.
each()
{
    each_headers=$1
    shift
    each_status=0
    for header in $each_headers; do
        twice "$work/source" "$(basename "$header")"
        "$@" "$work/source" || each_status=1
    done
    return $each_status
}

# standards COMPILER LANGUAGE STANDARD... - one case for each standard.
standards()
{
    compiler=$1 language=$2
    shift 2
    if ! command -v "$compiler" >/dev/null 2>&1; then
        skip "$compiler is not installed"
        return
    fi
    for standard in "$@"; do
        check "public headers, $compiler -std=$standard" \
            each "$public" "$compiler" -x "$language" -std="$standard" \
            $warnings -fsyntax-only -I "$srcdir/include" -I "$srcdir/compat"
    done
}

for compiler in gcc clang; do
    standards $compiler c c89 c99 c11 c17 c2x
done
for compiler in g++ clang++; do
    standards $compiler c++ c++98 c++11 c++17 c++20 c++2b
done

# The name a file of the library uses for a header.
internal_each()
{
    status=0
    for header in $internal; do
        twice "$work/source" "${header#lib/}"
        "$@" "$work/source" || status=1
    done
    return $status
}

for compiler in gcc clang; do
    command -v $compiler >/dev/null 2>&1 || continue
    check "internal headers, $compiler" internal_each $compiler -x c -std=c11 \
        $warnings -D_POSIX_C_SOURCE=200809L -DWSN_INTERNAL -fsyntax-only \
        -I "$srcdir/lib" -I "$srcdir/include" -I "$srcdir/compat" -I "$srcdir"
done

finish
