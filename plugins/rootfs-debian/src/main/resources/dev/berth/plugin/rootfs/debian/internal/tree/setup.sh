#!/bin/sh
# Brings a tree of unpacked packages to life. Runs once, as root, in a container of the tree; the plan beside it says
# in which order. Written by Berth, and gone when it has run.
set -eu
here=/var/lib/berth-setup
info=/var/lib/dpkg/info

export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true DEBCONF_NOWARNINGS=yes
export LC_ALL=C.UTF-8 HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
unset PERL5LIB LD_PRELOAD TMPDIR 2>/dev/null || true
# A tree that is thrown away when anything fails needs no fsync; the library makes it do nothing. The first is for
# update-mime-database, which asks.
export PKGSYSTEM_ENABLE_FSYNC=0
if [ -e "$here/nosync.so" ]; then
    export LD_PRELOAD="$here/nosync.so"
fi
cd /

# Nothing starts services in a container that is being built.
cat > /usr/sbin/policy-rc.d <<'END'
#!/bin/sh
exit 101
END
chmod 755 /usr/sbin/policy-rc.d

[ -e /usr/bin/awk ] || [ ! -e /usr/bin/mawk ] || ln -s mawk /usr/bin/awk
ldconfig

version=$(dpkg-query --version | sed -n '1s/.*version \([0-9.]*\).*/\1/p')

preinst() {
    DPKG_MAINTSCRIPT_PACKAGE=$1 DPKG_MAINTSCRIPT_ARCH=$2 DPKG_MAINTSCRIPT_NAME=preinst \
        DPKG_MAINTSCRIPT_PACKAGE_REFCOUNT=1 DPKG_RUNNING_VERSION=$version DPKG_ADMINDIR=/var/lib/dpkg DPKG_ROOT='' \
        "$info/$3.preinst" install </dev/null || {
        echo "The preinst script of $1 failed with status $?." >&2
        exit 1
    }
}

while read -r verb rest; do
    case "$verb" in
        preinst)
            # shellcheck disable=SC2086
            preinst $rest
            ;;
        unpack)
            dpkg --force-unsafe-io --unpack "$here/$rest" </dev/null
            ;;
        force)
            # shellcheck disable=SC2086
            dpkg --force-unsafe-io --force-depends --configure $rest </dev/null
            ;;
        configure)
            # shellcheck disable=SC2086
            dpkg --force-unsafe-io --configure $rest </dev/null
            ;;
    esac
done < "$here/plan"
dpkg --force-unsafe-io --configure --pending </dev/null
dpkg --force-unsafe-io --triggers-only --pending </dev/null

unset LD_PRELOAD
rm -f /usr/sbin/policy-rc.d /var/lib/dpkg/status-old /var/lib/dpkg/diversions-old
rm -f /var/log/dpkg.log /var/log/alternatives.log /var/log/bootstrap.log
rm -rf "$here"

problems=$(dpkg --audit)
if [ -n "$problems" ]; then
    printf '%s\n' "$problems" >&2
    exit 1
fi
