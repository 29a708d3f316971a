# cross_musl.sh - ./setup cross musl: the libraries for another C library on
# this machine, which Debian has as sources only.  Read by cross.sh.
#
# They are those of Debian's stable release, whatever release this is.

musl_get()
{
    cross_apt_conf "$1/apt" deb-src stable
    (cd "$1/apt" && APT_CONFIG=$1/apt/conf && export APT_CONFIG &&
        apt-get -q update &&
        apt-get -q source --download-only libevent check libinih)
}

# musl_unpack ROOT NAME - its sources, in ROOT/NAME.
musl_unpack()
{
    mkdir -p "$1/$2" &&
        tar -C "$1/$2" --strip-components 1 -xf "$1"/apt/"$2"_*.orig.tar.?z
}

# musl_make ROOT NAME FLAG... - a library that brings a configure script.
musl_make()
{
    musl_root=$1 musl_name=$2
    shift 2
    musl_unpack "$musl_root" "$musl_name" &&
        (cd "$musl_root/$musl_name" &&
            ./configure --host="$host" --prefix=/usr \
                --libdir="/usr/lib/$host" --disable-shared "$@" \
                CPPFLAGS="-isystem $musl_root/kernel" &&
            "$make" -j"$jobs" && "$make" DESTDIR="$musl_root/part" install)
}

# The one that does not.
musl_make_inih()
{
    musl_unpack "$1" libinih || return 1
    musl_part=$1/part/usr
    (cd "$1/libinih" && "$host-gcc" -O2 -c ini.c && ar rcs libinih.a ini.o &&
        cp libinih.a "$musl_part/lib/$host" && cp ini.h "$musl_part/include")
    cat >"$musl_part/lib/$host/pkgconfig/inih.pc" <<END
Name: inih
Description: reader of .ini files
Version: 0
Libs: -L/usr/lib/$host -linih
Cflags: -I/usr/include
END
}

# What Linux declares itself is the same for every C library.
musl_link_kernel()
{
    mkdir -p "$1/kernel" || return 1
    for directory in linux asm-generic "$(gcc -print-multiarch)/asm"; do
        ln -sfn "/usr/include/$directory" "$1/kernel/${directory##*/}" ||
            return 1
    done
}

musl_fetch()
{
    musl_get "$1" && musl_link_kernel "$1" &&
        musl_make "$1" libevent --disable-openssl --disable-samples \
            --disable-libevent-regress &&
        musl_make "$1" check --disable-subunit --disable-build-docs &&
        musl_make_inih "$1" && mv "$1/part" "$1/root"
}
