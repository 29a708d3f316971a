# package.sh - for ./setup package: packages of our own, and a look at them.

# In a copy made from the tarball of a release, so that nothing is forgotten
# in it, and nothing is written into the sources.
debian_packages()
{
    version=$(dpkg-parsechangelog -l debian/changelog -S Version) &&
        upstream=${version%-*} &&
        "$make" -C build dist &&
        rm -rf build/package && mkdir -p build/package &&
        cp "build/libwinsnmp-$upstream.tar.xz" \
            "build/package/libwinsnmp_$upstream.orig.tar.xz" &&
        tar -C build/package -xf "build/libwinsnmp-$upstream.tar.xz" &&
        (cd "build/package/libwinsnmp-$upstream" &&
            DEB_BUILD_OPTIONS="nocheck parallel=$jobs" \
                dpkg-buildpackage -us -uc)
}

lint_packages()
{
    lintian --fail-on error --info --tag-display-limit 0 \
        --allow-root build/package/*.changes
}

# What can be said of the others here: the macros expand, the lint finds no
# error, and the functions are a shell's.
lint_other_packages()
{
    rpmspec --parse packaging/winsnmp.spec &&
        rpmlint packaging/winsnmp.spec &&
        shellcheck -s sh -e SC2034,SC2154 packaging/APKBUILD
}

# As if they were installed, but below build/package/root.
use_packages()
{
    root=$PWD/build/package/root
    for package in build/package/*.deb; do
        dpkg -x "$package" "$root" || return 1
    done
    PKG_CONFIG_LIBDIR=$(dirname "$(find "$root" -name winsnmp.pc)"):$(
        pkg-config --variable pc_path pkg-config)
    PKG_CONFIG_SYSROOT_DIR=$root
    LD_LIBRARY_PATH=$(dirname "$(find "$root" -name 'libwinsnmp.so.0')")
    # Below the root are no directories of the system.
    PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
    export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH \
        PKG_CONFIG_ALLOW_SYSTEM_LIBS
    awk '/^```c$/ { inside = 1; next } /^```/ { inside = 0 } inside' \
        README.md >build/package/readme.c
    pkg-config --validate winsnmp snmpapi mgmtapi || return 1
    flags=$(pkg-config --cflags --libs winsnmp) &&
        gcc -Wall -Werror -o build/package/readme build/package/readme.c \
            $flags &&
        WINSNMP_TRAP_PORT=0 build/package/readme </dev/null &&
        "$root/usr/bin/winsnmp-util" --version &&
        "$root/usr/sbin/winsnmp-trapd" --version
}

package()
{
    command -v apt-get >/dev/null 2>&1 ||
        die 'this is for Debian; packaging/ has what RPM and Alpine need'
    need build package
    configure_in build
    must 'Building the Debian packages' package debian_packages
    must 'Examining them' lintian lint_packages
    must 'Examining those for RPM and Alpine' lint-other lint_other_packages
    must 'Using the packages' use-packages use_packages
    ls build/package/*.deb
}
