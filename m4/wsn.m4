# wsn.m4 - the macros of libwinsnmp's configure.ac.

# WSN_ARG(NAME, DEFAULT, WHAT)
# An --enable-NAME or --disable-NAME switch; sets enable_NAME to yes or no.
AC_DEFUN([WSN_ARG], [
  AC_ARG_ENABLE([$1],
    m4_if([$2], [yes],
      [AS_HELP_STRING([--disable-$1], [do not $3])],
      [AS_HELP_STRING([--enable-$1], [$3])]),
    [], [AS_VAR_SET([enable_]m4_translit([$1], [-], [_]), [$2])])
])

# WSN_ADD_CFLAGS(FLAGS)
# Adds to WSN_CFLAGS those of FLAGS that the compiler knows.
AC_DEFUN([WSN_ADD_CFLAGS], [
  m4_foreach_w([wsn_flag], [$1], [
    AS_VAR_PUSHDEF([wsn_var], [wsn_cv_flag_[]m4_translit(wsn_flag, [=-], [__])])
    AC_CACHE_CHECK([whether $CC accepts wsn_flag], [wsn_var], [
      wsn_saved_cflags=$CFLAGS
      CFLAGS="$CFLAGS -Werror wsn_flag"
      AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
        [AS_VAR_SET([wsn_var], [yes])], [AS_VAR_SET([wsn_var], [no])])
      CFLAGS=$wsn_saved_cflags])
    AS_VAR_IF([wsn_var], [yes], [WSN_CFLAGS="$WSN_CFLAGS wsn_flag"])
    AS_VAR_POPDEF([wsn_var])])
])

# WSN_LIB_ATOMIC
# Adds -latomic where 64-bit atomics are not inline (many 32-bit hosts).
AC_DEFUN([WSN_LIB_ATOMIC], [
  AC_CACHE_CHECK([for the library of 64-bit atomics], [wsn_cv_lib_atomic], [
    wsn_saved_libs=$LIBS
    wsn_cv_lib_atomic=missing
    for wsn_lib in '' -latomic; do
      LIBS="$wsn_saved_libs $wsn_lib"
      AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <stdatomic.h>
#include <stdint.h>
static _Atomic uint64_t n;]], [[
uint64_t expected = 0;
return !atomic_compare_exchange_strong(&n, &expected, 1);]])],
        [wsn_cv_lib_atomic=${wsn_lib:-none needed}; break])
    done
    LIBS=$wsn_saved_libs])
  AS_CASE([$wsn_cv_lib_atomic],
    [-l*], [LIBS="$LIBS $wsn_cv_lib_atomic"],
    [missing], [AC_MSG_ERROR([C11 atomics are needed])])
])

# WSN_VERSION_SCRIPT
# Whether the linker takes a version script; sets wsn_cv_version_script.
AC_DEFUN([WSN_VERSION_SCRIPT], [
  AC_CACHE_CHECK([for a linker with version scripts], [wsn_cv_version_script], [
    echo 'WSN_TEST { global: main; local: *; };' >conftest.map
    wsn_saved_ldflags=$LDFLAGS
    LDFLAGS="$LDFLAGS -shared -fPIC -Wl,--version-script,conftest.map"
    AC_LINK_IFELSE([AC_LANG_SOURCE([[int wsn_test(void); int wsn_test(void) { return 0; }]])],
      [wsn_cv_version_script=yes], [wsn_cv_version_script=no])
    LDFLAGS=$wsn_saved_ldflags
    rm -f conftest.map])
])

# WSN_REPRODUCIBLE_TAR
# Lets "make dist" write the files in the order of their names, as nobody's,
# and all of the date of ChangeLog or of SOURCE_DATE_EPOCH; where tar is not
# GNU tar it stays as automake has it.
AC_DEFUN([WSN_REPRODUCIBLE_TAR], [
  AC_CACHE_CHECK([whether tar can sort], [wsn_cv_tar_sorts], [
    AS_IF([${TAR-tar} --sort=name -cf /dev/null -T /dev/null >/dev/null 2>&1],
      [wsn_cv_tar_sorts=yes], [wsn_cv_tar_sorts=no])])
  AS_IF([test "$wsn_cv_tar_sorts" = yes], [
    am__tar='$${TAR-tar} --format=ustar --sort=name --owner=0 --group=0'
    am__tar="$am__tar "'--numeric-owner --mode=u+rw,go=rX'
    am__tar="$am__tar "'--mtime="$${SOURCE_DATE_EPOCH+@$$SOURCE_DATE_EPOCH}'
    am__tar="$am__tar"'$${SOURCE_DATE_EPOCH-$(CHANGELOG_DATE)}" -chf - '
    am__tar="$am__tar"'"$$tardir"'])
  AC_SUBST([CHANGELOG_DATE],
    ["`$SED -n '1s/ .*//p' "$srcdir/ChangeLog"` 00:00:00Z"])
])
