# Debian chroots for test/matrix and test/upgrade/run. Sourced after common.sh; needs root and debootstrap (test/setup matrix).

# Prints the archive that the system's own packages come from.
find_mirror() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(LABEL)' | sed -n 's/ Debian$//p' | head -n 1)
    [ -n "$mirror" ] || die "no Debian archive is among the sources of apt"
    printf '%s\n' "$mirror"
}

# Makes the chroot of a suite in a folder where there is none. Usage: make_chroot SUITE FOLDER
make_chroot() {
    local suite=$1 root=$2 mirror
    [ ! -f "$root/etc/is-complete" ] || return 0
    mirror=$(find_mirror) || return 1
    rm -rf --one-file-system "$root"
    debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" || return 1
    # No package starts a service.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 0755 "$root/usr/sbin/policy-rc.d"
    # The lists of a mirror that lags are still good.
    echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/90valid"
    touch "$root/etc/is-complete"
}

# Puts a fresh copy of the source tree at /rdfpolicy of a chroot, and the names of the network's servers.
copy_into_chroot() {
    cp /etc/resolv.conf "$1/etc/resolv.conf"
    rm -rf --one-file-system "$1/rdfpolicy"
    mkdir "$1/rdfpolicy" && copy_source_tree "$1/rdfpolicy"
}

# Runs a command in a chroot: in namespaces of its own, so that nothing stays mounted and nothing goes on running.
# Usage: in_chroot FOLDER COMMAND [ARGUMENT...]
in_chroot() {
    local root=$1
    shift
    unshare --mount --pid --ipc --fork --kill-child --propagation private bash -c '
        mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/dev/shm" || exit 1
        chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
            ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
        exit $?' "$root" "$@"
}
