#!/bin/sh
# reproducible.sh - two builds in two places are one: the tarball of a release,
# the libraries and the programs, octet by octet.

. "${top_srcdir:-.}/tests/support/tap.sh"

[ -x "$srcdir/configure" ] || skip_all 'there is no configure'
make=${MAKE:-make}

# Under a name without a space, which configure refuses.
ln -s "$(cd "$srcdir" && pwd)" "$work/source" || exit 1
source=$work/source

# What is linked with libtool knows its place, if it is not yet installed.
flags="-O1 -g0 -ffile-prefix-map=$source=source"

# build NAME - everything that is installed, in a directory of its own.
build()
{
    mkdir "$work/$1" && cd "$work/$1" &&
        "$source/configure" --quiet --prefix=/usr --disable-debug \
            CC="${CC:-cc}" CFLAGS="$flags" &&
        "$make" all && "$make" install DESTDIR="$work/$1/root" &&
        "$make" dist
}
check 'one build' build here
check 'another' build elsewhere-with-a-longer-name

# digests NAME PATTERN - of the files that match.
digests()
{
    (cd "$work/$1" && find . -name "$2" -type f -exec cksum {} +) |
        LC_ALL=C sort
}

# same PATTERN - at least one file, and the same in both.
same()
{
    digests here "$1" >"$work/a"
    digests elsewhere-with-a-longer-name "$1" >"$work/b"
    [ -s "$work/a" ] && diff "$work/a" "$work/b"
}
check 'the tarballs are the same' same '*.tar.*'
check 'the shared libraries are the same' same 'libwinsnmp.so.*.*.*'
check 'the static libraries are the same' same 'libwinsnmp.a'

installed_same()
{
    (cd "$work/here/root" && find . -type f ! -name '*.la') >"$work/files"
    while read -r file; do
        cmp "$work/here/root/$file" \
            "$work/elsewhere-with-a-longer-name/root/$file" || return 1
    done <"$work/files"
    [ -s "$work/files" ]
}
check 'all that is installed is the same' installed_same

finish
