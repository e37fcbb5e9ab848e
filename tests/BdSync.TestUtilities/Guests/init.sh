#!/bin/sh
# Process 1 of a LvmGuest: it brings up a kernel with device-mapper over the host's own, read-only file system, runs "script" of the shared folder, and
# says how that ended. What it needs comes as words of the kernel's command line: g.share=FOLDER g.modules=FOLDER g.dotnet=FOLDER.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
mount -t proc none /proc
for word in $(cat /proc/cmdline); do
  case $word in
    g.share=*) share=${word#g.share=} ;;
    g.modules=*) modules=${word#g.modules=} ;;
    g.dotnet=*) dotnet=${word#g.dotnet=} ;;
  esac
done

# In the order of what needs what; before /tmp is covered, where the modules may lie.
for module in dm-mod dm-bufio dm-snapshot dm-bio-prison persistent-data/dm-persistent-data dm-thin-pool dm-era dm-flakey dm-dust dm-delay; do
  busybox insmod "$modules/$module.ko" || echo "insmod $module failed"
done

# The kernel may have mounted /dev already.
mount -t sysfs none /sys
mount -t devtmpfs none /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm
mount -t devpts none /dev/pts
ln -s /proc/self/fd /dev/fd
# Hundreds of terminals, each of which every command of LVM looks at.
rm -f /dev/pty?? /dev/tty?*
for folder in /dev/shm /run /tmp /mnt /root /etc/lvm /var/lib /var/log; do mount -t tmpfs none "$folder"; done
mkdir -p /mnt/host /mnt/dotnet /run/lock/lvm /run/lvm /run/sshd
mount -t hostfs -o "$share" none /mnt/host
mount -t hostfs -o "$dotnet" none /mnt/dotnet
busybox ip link set lo up

# There is no udev that would make the nodes; lvm and dmsetup do it themselves then.
export DM_DISABLE_UDEV=1 LVM_SUPPRESS_FD_WARNINGS=1 DOTNET_ROOT=/mnt/dotnet
cat >/etc/lvm/lvm.conf <<CONF
devices { scan = [ "/dev" ] use_devicesfile = 0 multipath_component_detection = 0 md_component_detection = 0 hints = "none" obtain_device_list_from_udev = 0 }
activation { udev_sync = 0 udev_rules = 0 verify_udev_operations = 0 monitoring = 0 reserved_memory = 256 reserved_stack = 32 }
global { notify_dbus = 0 }
backup { backup = 0 archive = 0 }
CONF

cd /tmp || exit
sh /mnt/host/script </dev/null >/mnt/host/log 2>&1
echo "GUEST-EXIT $?"
busybox poweroff -f
