#!/usr/bin/env python3
"""What POSIX (XBD 4, XSH) says of calls on names and files, asked of a mounted folder as root and as other users.

Run in the folder. Prints a line FAIL for each thing that is otherwise, and how many were asked."""
import contextlib, errno, os, stat, sys, time

asked = failed = 0
SOMEBODY, NEIGHBOUR = 65533, 65534


def check(what, fine):
    global asked, failed
    asked += 1
    if not fine:
        failed += 1
        print("FAIL", what, "line", sys._getframe(1).f_lineno, flush=True)


def outcome(call, *args, **named):
    """0, or the name of the error."""
    try:
        result = call(*args, **named)
        if call is os.open:
            os.close(result)
        return "0"
    except OSError as e:
        return errno.errorcode[e.errno]


def gives(expected, call, *args, **named):
    global asked, failed
    asked += 1
    got = outcome(call, *args, **named)
    if got not in expected.split("|"):
        failed += 1
        shown = [a if not isinstance(a, str) or len(a) < 60 else a[:20] + "..." for a in args]
        print("FAIL", call.__name__, shown, named or "", "expected", expected, "got", got, "line",
              sys._getframe(1).f_lineno, flush=True)


def as_user(uid, groups, expected, call, *args, **named):
    """The same by another user."""
    os.setgroups(groups[1:])
    os.setegid(groups[0])
    os.seteuid(uid)
    got = outcome(call, *args, **named)
    os.seteuid(0)
    os.setegid(0)
    os.setgroups([])
    global asked, failed
    asked += 1
    if got not in expected.split("|"):
        failed += 1
        print("FAIL as", uid, call.__name__, args, named or "", "expected", expected, "got", got, "line",
              sys._getframe(1).f_lineno, flush=True)


def file(name, mode=0o644, owner=None, data=b""):
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name)
    f = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    if data:
        os.write(f, data)
    os.close(f)
    if owner:
        os.chown(name, *owner)
        os.chmod(name, mode)
    return name


def folder(name, mode=0o755, owner=None):
    os.mkdir(name)
    if owner:
        os.chown(name, *owner)
    os.chmod(name, mode)
    return name


def mode(name):
    return stat.S_IMODE(os.lstat(name).st_mode)


@contextlib.contextmanager
def touches(what, *names, changed=True, field="st_ctime_ns"):
    """The time of these names is later afterwards, or is not."""
    before = [getattr(os.lstat(n), field) for n in names]
    time.sleep(0.012)  # two ticks of the coarsest clock that stamps files
    yield
    for name, old in zip(names, before):
        global asked, failed
        asked += 1
        if (getattr(os.lstat(name), field) > old) != changed:
            failed += 1
            print("FAIL", what, field, name, "should have changed" if changed else "should be as before", flush=True)


def every_kind(name):
    """Makes one thing of each kind in turn; devices are not shared."""
    import socket
    yield "file", file(name)
    os.unlink(name)
    os.mkdir(name)
    yield "folder", name
    os.rmdir(name)
    os.mkfifo(name, 0o644)
    yield "fifo", name
    os.unlink(name)
    if len(name) < 100:  # sun_path takes no more
        s = socket.socket(socket.AF_UNIX)
        s.bind(name)
        s.close()
        yield "socket", name
        os.unlink(name)
    os.symlink("nowhere", name)
    yield "symlink", name
    os.unlink(name)


def names():
    long = "n" * 255
    for kind, name in every_kind(long):
        check("a name of 255, " + kind, name in os.listdir("."))
    too = long + "x"
    for call, args in ((os.mkdir, ()), (os.mkfifo, ()), (os.unlink, ()), (os.rmdir, ()), (os.stat, ()),
                       (os.open, (os.O_CREAT | os.O_RDWR,)), (os.chmod, (0o644,)), (os.chown, (0, 0)),
                       (os.truncate, (1,)), (os.utime, ()), (os.readlink, ())):
        gives("ENAMETOOLONG", call, too, *args)
    file("a")
    gives("ENAMETOOLONG", os.link, "a", too)
    gives("ENAMETOOLONG", os.rename, "a", too)
    gives("ENAMETOOLONG", os.rename, too, "b")
    gives("ENAMETOOLONG", os.symlink, "a", too)
    for call, args in ((os.mkdir, ()), (os.mkfifo, ()), (os.unlink, ()), (os.rmdir, ()), (os.stat, ()),
                       (os.open, (os.O_CREAT | os.O_RDWR,)), (os.chmod, (0o644,)), (os.chown, (0, 0)),
                       (os.truncate, (1,)), (os.utime, ()), (os.readlink, ())):
        gives("ENOTDIR", call, "a/b", *args)
        gives("ENOENT", call, "no/b", *args)
    os.symlink("y", "x")
    os.symlink("x", "y")
    for call, args in ((os.mkdir, ()), (os.unlink, ()), (os.rmdir, ()), (os.stat, ()), (os.open, (os.O_RDONLY,)),
                       (os.chmod, (0o644,)), (os.truncate, (1,))):
        gives("ELOOP", call, "x/b", *args)
    gives("ELOOP", os.open, "x", os.O_RDONLY)
    for name in "axy":
        os.unlink(name)


def deep():
    """Paths past PATH_MAX are made and removed step by step; one of 4,095 characters is used whole."""
    part, top = "d" * 254, os.getcwd()
    for _ in range(20):
        os.mkdir(part)
        os.chdir(part)
    file("bottom", data=b"deep")
    with open("bottom", "rb") as f:
        check("data below PATH_MAX", f.read() == b"deep")
    os.link("bottom", "second")
    os.rename("second", "third")
    check("links below PATH_MAX", os.stat("bottom").st_nlink == 2)
    os.unlink("third")
    os.unlink("bottom")
    here = os.getcwd() if len(top) > 4096 else None
    for _ in range(20):
        os.chdir("..")
        os.rmdir(part)
    check("dot-dot leads back", here is None and os.getcwd() == top)
    path = ""
    while len(path) + 255 < 4095:
        path += part + "/"
        os.mkdir(path[:-1])
    path += "e" * (4095 - len(path))
    gives("0", os.open, path, os.O_CREAT | os.O_RDWR)
    gives("0", os.chmod, path, 0o600)
    gives("0", os.truncate, path, 5)
    gives("0", os.rename, path, "short")
    gives("0", os.link, "short", path)
    gives("ENAMETOOLONG", os.stat, path + "e")
    gives("0", os.unlink, path)
    os.unlink("short")
    path = os.path.dirname(path)
    while path:
        os.rmdir(path)
        path = os.path.dirname(path)


def modes():
    for kind, name in every_kind("m"):
        if kind == "symlink":
            continue
        with touches("chmod " + kind, name):
            os.chmod(name, 0o111)
        check("mode of " + kind, mode(name) == 0o111)
        os.chmod(name, 0o7777)
        check("all bits of " + kind, mode(name) == 0o7777)
    file("m", 0o644, (SOMEBODY, SOMEBODY))
    as_user(SOMEBODY, [SOMEBODY], "0", os.chmod, "m", 0o600)
    as_user(NEIGHBOUR, [NEIGHBOUR], "EPERM", os.chmod, "m", 0o666)
    check("mode that only the owner may set", mode("m") == 0o600)
    # The group bit goes where the owner is not of the group.
    os.chown("m", SOMEBODY, NEIGHBOUR)
    as_user(SOMEBODY, [SOMEBODY], "0", os.chmod, "m", 0o2755)
    check("setgid by one who is not of the group", mode("m") == 0o755)
    as_user(SOMEBODY, [SOMEBODY, NEIGHBOUR], "0", os.chmod, "m", 0o2755)
    check("setgid by one of the group", mode("m") == 0o2755)
    # Writing takes both bits.
    os.chmod("m", 0o6777)

    def write():
        f = os.open("m", os.O_WRONLY)
        try:
            os.write(f, b"x")
        finally:
            os.close(f)
    as_user(NEIGHBOUR, [NEIGHBOUR], "0", write)
    check("a write takes setuid and setgid", mode("m") == 0o777)
    os.unlink("m")
    old = os.umask(0o027)
    os.close(os.open("m", os.O_CREAT | os.O_WRONLY, 0o6777))
    os.mkdir("n", 0o777)
    os.mkfifo("o", 0o666)
    os.umask(old)
    check("umask of a file", mode("m") == 0o6750)
    check("umask of a folder", mode("n") == 0o750)
    check("umask of a fifo", mode("o") == 0o640)
    os.unlink("m"), os.rmdir("n"), os.unlink("o")


def owners():
    for kind, name in every_kind("w"):
        with touches("lchown " + kind, name):
            os.lchown(name, 123, 456)
        s = os.lstat(name)
        check("owner of " + kind, (s.st_uid, s.st_gid) == (123, 456))
        os.lchown(name, -1, 0)
        check("group alone of " + kind, os.lstat(name).st_uid == 123 and os.lstat(name).st_gid == 0)
    file("w", 0o644, (SOMEBODY, SOMEBODY))
    os.symlink("w", "v")
    os.chown("v", SOMEBODY, 7)
    check("chown follows", os.lstat("w").st_gid == 7 and os.lstat("v").st_gid != 7)
    as_user(SOMEBODY, [SOMEBODY], "EPERM", os.chown, "w", NEIGHBOUR, -1)
    as_user(SOMEBODY, [SOMEBODY], "EPERM", os.chown, "w", -1, NEIGHBOUR)
    as_user(NEIGHBOUR, [NEIGHBOUR], "EPERM", os.chown, "w", NEIGHBOUR, NEIGHBOUR)
    as_user(SOMEBODY, [SOMEBODY, NEIGHBOUR], "0", os.chown, "w", -1, NEIGHBOUR)
    check("a group of one's own", os.stat("w").st_gid == NEIGHBOUR)
    os.chmod("w", 0o6555)
    as_user(SOMEBODY, [SOMEBODY, NEIGHBOUR], "0", os.chown, "w", -1, SOMEBODY)
    check("chown by its owner takes setuid and setgid", mode("w") == 0o555)
    os.unlink("w"), os.unlink("v")


def creating():
    folder("c", 0o755, (SOMEBODY, NEIGHBOUR))
    as_user(SOMEBODY, [SOMEBODY], "0", os.open, "c/f", os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    as_user(SOMEBODY, [SOMEBODY], "0", os.mkdir, "c/d", 0o700)
    as_user(SOMEBODY, [SOMEBODY], "0", os.mkfifo, "c/p", 0o600)
    as_user(SOMEBODY, [SOMEBODY], "0", os.symlink, "x", "c/s")
    for name in "fdps":
        s = os.lstat("c/" + name)
        check("owner of what is made, " + name, (s.st_uid, s.st_gid) == (SOMEBODY, SOMEBODY))
    for call, args in ((os.open, (os.O_CREAT | os.O_RDWR,)), (os.mkdir, ()), (os.mkfifo, ())):
        as_user(NEIGHBOUR, [SOMEBODY], "EACCES", call, "c/new", *args)
    as_user(NEIGHBOUR, [SOMEBODY], "EACCES", os.symlink, "x", "c/new")
    as_user(NEIGHBOUR, [SOMEBODY], "EACCES", os.unlink, "c/f")
    as_user(NEIGHBOUR, [SOMEBODY], "EACCES", os.rmdir, "c/d")
    as_user(NEIGHBOUR, [SOMEBODY], "EACCES", os.rename, "c/f", "c/g")
    for name in "fps":
        os.unlink("c/" + name)
    os.rmdir("c/d")
    # A setgid folder gives its group, and to folders the bit.
    os.chmod("c", 0o2777)
    as_user(SOMEBODY, [SOMEBODY], "0", os.open, "c/f", os.O_CREAT | os.O_RDWR, 0o644)
    as_user(SOMEBODY, [SOMEBODY], "0", os.mkdir, "c/d", 0o755)
    check("group of a setgid folder", os.stat("c/f").st_gid == NEIGHBOUR and os.stat("c/d").st_gid == NEIGHBOUR)
    check("setgid is inherited", mode("c/d") == 0o2755)
    os.unlink("c/f"), os.rmdir("c/d"), os.rmdir("c")
    for made in (lambda: os.close(os.open("e", os.O_CREAT | os.O_RDWR)), lambda: os.mkdir("e"),
                 lambda: os.mkfifo("e"), lambda: os.symlink("t", "e")):
        with touches("making", "."), touches("making", ".", field="st_mtime_ns"):
            made()
        with touches("removing", "."), touches("removing", ".", field="st_mtime_ns"):
            os.rmdir("e") if os.path.isdir("e") else os.unlink("e")
    for kind, name in every_kind("e"):
        gives("EEXIST", os.mkdir, name)
        gives("EEXIST", os.mkfifo, name)
        gives("EEXIST", os.symlink, "x", name)
        gives("EEXIST", os.open, name, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        if kind != "folder":
            file("l")
            gives("EEXIST", os.link, "l", name)
            os.unlink("l")


def opening():
    file("o", 0o644, (SOMEBODY, SOMEBODY), b"0123456789")
    bits = {os.O_RDONLY: 4, os.O_WRONLY: 2, os.O_RDWR: 6}
    for shift, who, groups in ((6, SOMEBODY, [SOMEBODY]), (3, NEIGHBOUR, [SOMEBODY]), (0, NEIGHBOUR, [NEIGHBOUR])):
        for granted in (0, 2, 4, 6):
            os.chmod("o", granted << shift)
            for flag, need in bits.items():
                as_user(who, groups, "0" if granted & need == need else "EACCES", os.open, "o", flag)
    os.chmod("o", 0o444)
    as_user(SOMEBODY, [SOMEBODY], "EACCES", os.open, "o", os.O_RDONLY | os.O_TRUNC)
    check("not truncated", os.stat("o").st_size == 10)
    with touches("O_TRUNC", "o"), touches("O_TRUNC", "o", field="st_mtime_ns"):
        os.close(os.open("o", os.O_WRONLY | os.O_TRUNC))
    check("truncated", os.stat("o").st_size == 0)
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_RDONLY | os.O_TRUNC, os.O_WRONLY | os.O_TRUNC):
        gives("EISDIR", os.open, ".", flag)
    gives("EISDIR", os.open, "..", os.O_CREAT | os.O_RDWR)
    gives("ENOTDIR", os.open, "o", os.O_RDONLY | os.O_DIRECTORY)
    os.symlink("o", "q")
    gives("ELOOP", os.open, "q", os.O_RDONLY | os.O_NOFOLLOW)
    gives("EEXIST", os.open, "q", os.O_CREAT | os.O_EXCL | os.O_RDWR)
    gives("ENOENT", os.open, "absent", os.O_RDWR)
    os.unlink("q")
    os.mkfifo("q")
    gives("ENXIO", os.open, "q", os.O_WRONLY | os.O_NONBLOCK)
    gives("0", os.open, "q", os.O_RDONLY | os.O_NONBLOCK)
    os.unlink("q")
    # Rights are asked at opening and not again; a file lives until it is closed.
    f = os.open("o", os.O_RDWR)
    os.chmod("o", 0)
    os.unlink("o")
    os.write(f, b"still")
    check("open and unlinked: data", os.pread(f, 5, 0) == b"still")
    check("open and unlinked: links", os.fstat(f).st_nlink == 0 and os.fstat(f).st_size == 5)
    os.ftruncate(f, 2)
    os.fchmod(f, 0o600)
    check("open and unlinked: changes", os.fstat(f).st_size == 2 and os.fstat(f).st_mode & 0o777 == 0o600)
    os.close(f)
    a = os.open("ap", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    b = os.open("ap", os.O_WRONLY | os.O_APPEND)
    os.write(a, b"one"), os.write(b, b"two"), os.write(a, b"three")
    os.close(a), os.close(b)
    with open("ap", "rb") as f:
        check("appending", f.read() == b"onetwothree")
    os.unlink("ap")


def truncating():
    file("t", 0o644, (SOMEBODY, SOMEBODY), b"x" * 5000)
    for size in (1234567, 10, 0):
        with touches("truncate", "t"):
            os.truncate("t", size)
        check("size", os.stat("t").st_size == size)
    os.truncate("t", 100)
    with open("t", "rb") as f:
        check("a hole reads as zeros", f.read() == bytes(100))
    with touches("a failed truncate", "t", changed=False):
        as_user(NEIGHBOUR, [NEIGHBOUR], "EACCES", os.truncate, "t", 5)
    gives("EINVAL", os.truncate, "t", -1)
    gives("EISDIR", os.truncate, ".", 5)
    f = os.open("t", os.O_RDWR | os.O_CREAT, 0)
    os.chmod("t", 0)
    os.ftruncate(f, 7)
    check("by a descriptor that was opened before", os.fstat(f).st_size == 7)
    os.close(f)
    f = os.open("t", os.O_RDONLY)
    gives("EINVAL", os.ftruncate, f, 1)
    os.close(f)
    gives("EFBIG|EINVAL|0", os.truncate, "t", 999999999999999)
    os.unlink("t")
    made = os.open("t", os.O_CREAT | os.O_RDWR, 0)
    os.ftruncate(made, 9)
    check("created with mode 0 and written", os.write(made, b"abc") == 3 and os.fstat(made).st_size == 9)
    os.close(made)
    os.unlink("t")


def linking():
    for kind, name in every_kind("l1"):
        if kind == "folder":
            gives("EPERM", os.link, name, "l2")
            continue
        with touches("link " + kind, name), touches("link", "."), touches("link", ".", field="st_mtime_ns"):
            os.link(name, "l2", follow_symlinks=False)
        one, two = os.lstat(name), os.lstat("l2")
        check("two names of a " + kind, one.st_ino == two.st_ino and one.st_nlink == two.st_nlink == 2)
        if kind != "symlink":
            os.chmod("l2", 0o201)
            check("one file by two names", mode(name) == 0o201)
        with touches("unlink " + kind, name):
            os.unlink("l2")
        check("one name left", os.lstat(name).st_nlink == 1)
    gives("ENOENT", os.link, "absent", "l2")
    folder("ld", 0o755, (SOMEBODY, SOMEBODY))
    file("ld/f", 0o644, (SOMEBODY, SOMEBODY))
    folder("lw", 0o700)
    as_user(SOMEBODY, [SOMEBODY], "EACCES", os.link, "ld/f", "lw/f")
    as_user(SOMEBODY, [SOMEBODY], "0", os.link, "ld/f", "ld/g")
    os.unlink("ld/f"), os.unlink("ld/g"), os.rmdir("ld"), os.rmdir("lw")
    check("links of an empty folder", os.stat(folder("ld")).st_nlink == 2)
    os.mkdir("ld/sub")
    check("links of a folder with one inside", os.stat("ld").st_nlink == 3)
    os.rmdir("ld/sub"), os.rmdir("ld")


def removing():
    gives("EISDIR|EPERM", os.unlink, folder("d"))
    file("d/f")
    gives("ENOTEMPTY|EEXIST", os.rmdir, "d")
    gives("ENOTDIR", os.rmdir, "d/f")
    gives("EINVAL", os.rmdir, "d/.")
    gives("ENOTEMPTY|EEXIST", os.rmdir, "d/..")
    gives("ENOENT", os.rmdir, "absent")
    gives("ENOENT", os.unlink, "absent")
    os.unlink("d/f")
    os.symlink("d", "s")
    gives("ENOTDIR", os.rmdir, "s")
    os.unlink("s"), os.rmdir("d")
    # In a sticky folder only the owner of either may remove, replace or rename.
    for top in (0, SOMEBODY, NEIGHBOUR):
        folder("st", 0o1777, (top, top))
        for owner in (0, SOMEBODY, NEIGHBOUR):
            may = "0" if SOMEBODY in (top, owner) else "EPERM|EACCES"
            file("st/f", 0o644, (owner, owner))
            as_user(SOMEBODY, [SOMEBODY], may, os.rename, "st/f", "st/g")
            with contextlib.suppress(FileNotFoundError):
                os.rename("st/g", "st/f")
            file("st/mine", 0o644, (SOMEBODY, SOMEBODY))
            as_user(SOMEBODY, [SOMEBODY], may, os.rename, "st/mine", "st/f")
            file("st/f", 0o644, (owner, owner))
            as_user(SOMEBODY, [SOMEBODY], may, os.unlink, "st/f")
            for left in os.listdir("st"):
                os.unlink("st/" + left)
            folder("st/d", 0o755, (owner, owner))
            as_user(SOMEBODY, [SOMEBODY], may, os.rmdir, "st/d")
            with contextlib.suppress(FileNotFoundError):
                os.rmdir("st/d")
        os.rmdir("st")


def renaming():
    for kind, name in every_kind("r1"):
        before = os.lstat(name)
        with touches("rename", "."):
            os.rename(name, "r2")
        after = os.lstat("r2")
        check("the same " + kind, (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode))
        gives("ENOENT", os.lstat, name)
        os.rename("r2", name)
        if kind != "folder":
            file("r3")
            os.rename(name, "r3")
            check("replaced by a " + kind, os.lstat("r3").st_ino == before.st_ino)
            os.rename("r3", name)
            os.mkdir("r3")
            gives("EISDIR", os.rename, name, "r3")
            gives("ENOTDIR", os.rename, "r3", name)
            os.rmdir("r3")
    folder("p"), folder("q")
    os.rename("p", "q")
    check("onto an empty folder", os.stat("q").st_nlink == 2)
    folder("p")
    file("q/f")
    gives("ENOTEMPTY|EEXIST", os.rename, "p", "q")
    gives("EINVAL", os.rename, "p", "p/inside")
    os.mkdir("p/sub")
    gives("EINVAL", os.rename, "p", "p/sub/inside")
    gives("EINVAL|EBUSY", os.rename, "p/.", "z")
    gives("ENOENT", os.rename, "absent", "z")
    os.rename("p/sub", "q/sub")
    check("links follow a folder", os.stat("p").st_nlink == 2 and os.stat("q").st_nlink == 3)
    check("dot-dot follows", os.stat("q/sub/..").st_ino == os.stat("q").st_ino)
    os.link("q/f", "q/g")
    os.rename("q/f", "q/g")
    check("two names of one file stay", sorted(os.listdir("q")) == ["f", "g", "sub"])
    f = os.open("q/f", os.O_RDWR)
    os.unlink("q/g")
    file("q/h", data=b"new")
    os.rename("q/h", "q/f")
    os.write(f, b"old")
    check("what was replaced lives on", os.pread(f, 3, 0) == b"old" and os.fstat(f).st_nlink == 0)
    os.close(f)
    with open("q/f", "rb") as n:
        check("and is not what replaced it", n.read() == b"new")
    # Moving a folder rewrites its dot-dot, for which one must be allowed to write it, in a sticky folder at least.
    os.unlink("q/f"), os.rmdir("q/sub"), os.rmdir("q"), os.rmdir("p")


def times():
    # Linux' client of 9P cuts the times that are given to it to whole seconds before it sends them.
    with open("/proc/mounts") as mounts:
        unit = 10**9 if any(m.split()[1:3] == [os.getcwd(), "9p"] for m in mounts) else 1
    for kind, name in every_kind("u"):
        os.utime(name, ns=(1_000_000_001, 2_000_000_002), follow_symlinks=False)
        s = os.lstat(name)
        check("nanoseconds of a " + kind, (s.st_atime_ns, s.st_mtime_ns) == tuple(t // unit * unit for t in (1_000_000_001, 2_000_000_002)))
    file("u", 0o644, (SOMEBODY, SOMEBODY))
    for seconds in (0, 2**31, 2**32 + 5):
        os.utime("u", (seconds, seconds))
        check("times past 2038", os.stat("u").st_mtime == seconds)
    with touches("utime", "u"):
        os.utime("u", (1, 1))
    as_user(NEIGHBOUR, [NEIGHBOUR], "EPERM", os.utime, "u", (1, 1))
    as_user(NEIGHBOUR, [NEIGHBOUR], "EACCES", os.utime, "u")
    as_user(SOMEBODY, [SOMEBODY], "0", os.utime, "u", (1, 1))
    os.chmod("u", 0o666)
    as_user(NEIGHBOUR, [NEIGHBOUR], "0", os.utime, "u")
    as_user(NEIGHBOUR, [NEIGHBOUR], "EPERM", os.utime, "u", (1, 1))
    gives("ENOENT", os.utime, "absent")
    os.unlink("u")


def symlinks():
    for target in ("x", "y" * 1023, "z" * 4095):
        os.symlink(target, "s")
        check("target of %d" % len(target), os.readlink("s") == target and os.lstat("s").st_size == len(target))
        os.unlink("s")
    gives("ENAMETOOLONG", os.symlink, "z" * 4096, "s")
    gives("ENOENT", os.symlink, "", "s")
    file("f")
    gives("EINVAL", os.readlink, "f")
    gives("EINVAL", os.readlink, ".")
    os.unlink("f")


def searching():
    folder("a", 0o755, (SOMEBODY, SOMEBODY))
    file("a/f", 0o666, (SOMEBODY, SOMEBODY))
    os.chmod("a", 0o644)
    for call, args in ((os.stat, ()), (os.open, (os.O_RDONLY,)), (os.chmod, (0o600,)), (os.chown, (-1, -1)),
                       (os.truncate, (1,)), (os.unlink, ()), (os.utime, ())):
        as_user(SOMEBODY, [SOMEBODY], "EACCES", call, "a/f", *args)
    as_user(SOMEBODY, [SOMEBODY], "0", os.listdir, "a")
    os.chmod("a", 0o311)
    as_user(SOMEBODY, [SOMEBODY], "EACCES", os.listdir, "a")
    as_user(SOMEBODY, [SOMEBODY], "0", os.stat, "a/f")
    os.unlink("a/f"), os.rmdir("a")


os.umask(0)
os.chmod(".", 0o777)
for part in (names, deep, modes, owners, creating, opening, truncating, linking, removing, renaming, times, symlinks,
             searching):
    try:
        part()
    except OSError as e:
        failed += 1
        print("FAIL", part.__name__, e, "line", e.__traceback__.tb_lineno, flush=True)
    left = os.listdir(".")
    check(part.__name__ + " left " + str(left)[:80], not left)
print("asked", asked, "failed", failed)
sys.exit(failed > 0)
