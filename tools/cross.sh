# cross.sh - ./setup cross TARGET: compiles for another kind of machine, or
# for another C library, and runs the suites there.  Read by setup, whose
# functions it uses.
#
# The libraries of the other machine are unpacked below build/cross/TARGET;
# nothing of them is installed, and the package manager's own settings stay
# as they are.  Debian only: no other system has all the compilers packaged.

. tools/cross_musl.sh

# target, what Debian calls it, the compiler's prefix, its packages, emulator
cross_table()
{
    cat <<END
i386   i386  i686-linux-gnu       gcc-i686-linux-gnu,libc6-dev-i386-cross       none
s390x  s390x s390x-linux-gnu      gcc-s390x-linux-gnu,libc6-dev-s390x-cross     qemu-s390x-static
armhf  armhf arm-linux-gnueabihf  gcc-arm-linux-gnueabihf,libc6-dev-armhf-cross qemu-arm-static
musl   $(dpkg --print-architecture 2>/dev/null || echo -) $(uname -m)-linux-musl musl-tools none
END
}

cross_targets()
{
    cross_table | awk '{ printf "%s%s", sep, $1; sep = ", " }'
}

# Sets arch, host, host_packages and emulator from the table.
cross_find()
{
    cross_row=$(cross_table | awk -v target="$1" '$1 == target')
    [ -n "$cross_row" ] ||
        die "no such target: ${1:-(none)}; there are $(cross_targets)"
    set -- $cross_row
    arch=$2 host=$3 host_packages=$4 emulator=$5
}

cross_is_present()
{
    command -v "$host-gcc" >/dev/null 2>&1 || return 1
    [ "$emulator" = none ] || command -v "$emulator" >/dev/null 2>&1
}

cross_need()
{
    cross_is_present && return
    things=$(echo "$host_packages" | tr ',' ' ')
    [ "$emulator" = none ] || things="$things qemu-user-static"
    command="apt-get install -y --no-install-recommends $things"
    command -v apt-get >/dev/null 2>&1 ||
        die "the compilers of other machines are packaged for Debian only"
    sudo=$(privilege apt-get) || please_install "$command"
    must 'Reading the list of packages' packages $sudo apt-get update
    must 'Installing compilers' packages \
        $sudo env DEBIAN_FRONTEND=noninteractive $command
}

# cross_apt_conf DIRECTORY KIND RELEASE - a package manager's world of its own,
# for the other machine's packages.
cross_apt_conf()
{
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/parts"
    : >"$1/status"
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "$2 [signed-by=$keys] http://deb.debian.org/debian $3 main" \
        >"$1/sources.list"
    cat >"$1/conf" <<END
APT::Architecture "$arch";
APT::Architectures "$arch";
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State "$1";
Dir::State::status "$1/status";
Dir::State::lists "$1/lists";
Dir::Cache "$1/cache";
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "$1/parts";
END
}

cross_fetch()
(
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    cross_apt_conf "$1/apt" deb "$codename" && cd "$1/apt" || return 1
    APT_CONFIG=$1/apt/conf
    export APT_CONFIG
    apt-get -q update || return 1
    apt-get -q download libevent-dev libinih-dev check libsubunit-dev ||
        return 1
    for package in *.deb; do
        dpkg -x "$package" "$1/part" || return 1
    done
    # Without their shared libraries the linker takes the static ones.
    find "$1/part" -name '*.so*' -exec rm -f {} +
    mv "$1/part" "$1/root"
)

cross_configure()
{
    pkgconfig=$(echo "$1"/root/usr/lib/*/pkgconfig)
    PKG_CONFIG='pkg-config --static'
    PKG_CONFIG_LIBDIR=$pkgconfig
    PKG_CONFIG_SYSROOT_DIR=$1/root
    cppflags=
    ldflags=
    case $host in
        *-musl) cppflags="-isystem $1/kernel" ;;
        # Debian's cross libraries are where no dynamic linker looks for them.
        i686-*) ldflags="-Wl,--dynamic-linker=/usr/$host/lib/ld-linux.so.2 -Wl,-rpath,/usr/$host/lib" ;;
    esac
    export PKG_CONFIG PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
    configure_in "$2" --host="$host" --disable-shared --enable-werror \
        --enable-debug CFLAGS='-O1 -g' CPPFLAGS="$cppflags" LDFLAGS="$ldflags"
}

# cross TARGET
cross()
{
    cross_find "${1-}"
    trap say_count EXIT
    mkdir -p "build/cross/$1-root"
    need build
    cross_need
    root=$(cd "build/cross/$1-root" && pwd)
    fetch=cross_fetch
    [ "$1" != musl ] || fetch=musl_fetch
    [ -d "$root/root" ] ||
        must "Getting libraries for $1" "cross-$1" $fetch "$root"
    cross_configure "$root" "build/cross/$1"
    compile_in "build/cross/$1"
    runner=
    if [ "$emulator" != none ]; then
        runner="$emulator -L /usr/$host"
        # Emulated code is slow.
        CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER-3}
        WINSNMP_TEST_SCALE=${WINSNMP_TEST_SCALE-10}
        export CK_TIMEOUT_MULTIPLIER WINSNMP_TEST_SCALE
    fi
    run_tests "Running the suites on $1" "build/cross/$1" check-suites \
        LOG_COMPILER="$runner"
    [ $failed -eq 0 ]
}
