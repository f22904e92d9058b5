# SPDX-License-Identifier: Apache-2.0
# Runs in the guest: mounts a FUSE file system and carries the kernel's requests to standard output and the answers from standard
# input back. What they mean is Berth's business. Perl, because every Debian has it; nothing has to be built.
#   perl -e THIS MOUNTPOINT [ro]
use strict;
use warnings;
use Errno qw(EINTR EAGAIN ENOENT ENODEV);
use Fcntl qw(O_RDWR);
use POSIX ();

my ($point, $ro) = @ARGV;
my $machine = (POSIX::uname())[4];
my %calls = (x86_64 => [165, 166], aarch64 => [40, 39]);    # mount, umount2
my ($mount, $umount) = @{$calls{$machine} || die "a $machine processor is not known here\n"};
my ($NOSUID, $NODEV, $READONLY, $DETACH) = (2, 4, 1, 2);

# What a Berth that ended has left here answers to nobody.
if (open my $mounts, '<', '/proc/self/mounts') {
    while (<$mounts>) {
        my ($from, $where, $type) = split / /;
        $where =~ s/\\([0-7]{3})/chr oct $1/ge;
        syscall($umount, $point, $DETACH) if $where eq $point && $type eq 'fuse.berth';
    }
}
my $made = '';
for my $part (split m{/}, $point) {
    $made .= "$part/";
    mkdir $made if !-d $made;
}
-d $point or die "$point is not a folder\n";

sysopen my $fuse, '/dev/fuse', O_RDWR or die "/dev/fuse cannot be opened: $!\n";
my ($source, $type) = ('berth', 'fuse.berth');
my $options = sprintf 'fd=%d,rootmode=40000,user_id=%d,group_id=%d,allow_other,default_permissions', fileno $fuse, $<, $( + 0;
my $flags = $NOSUID | $NODEV | ($ro ? $READONLY : 0);
syscall($mount, $source, $point, $type, $flags, $options) == 0 or die "mount is refused: $!\n";
binmode STDIN;
binmode STDOUT;
print STDERR "mounted\n";

sub write_all {
    my ($to, $bytes) = @_;
    my $at = 0;
    while ($at < length $bytes) {
        my $n = syswrite $to, $bytes, length($bytes) - $at, $at;
        if (defined $n) { $at += $n }
        elsif ($! != EINTR) { return 0 }
    }
    return 1;
}

sub read_all {
    my ($from, $wanted) = @_;
    my $bytes = '';
    while (length $bytes < $wanted) {
        my $n = sysread $from, $bytes, $wanted - length $bytes, length $bytes;
        next if !defined $n && $! == EINTR;
        return if !$n;
    }
    return $bytes;
}

defined(my $child = fork) or die "no second process: $!\n";
if ($child == 0) {
    # Answers. The kernel takes each by one write; it does not want those to requests that were given up meanwhile.
    while (defined(my $head = read_all(*STDIN, 4))) {
        my $size = unpack 'L<', $head;
        last if $size < 16 || $size > 2 << 20;
        defined(my $rest = read_all(*STDIN, $size - 4)) or last;
        my $n = syswrite $fuse, $head . $rest;
        last if !defined $n && $! == ENODEV;
    }
    syscall($umount, $point, $DETACH);
    POSIX::_exit(0);
}
# Requests.
while (1) {
    my $n = sysread $fuse, my $request, (1 << 20) + 4096;
    if (defined $n) { write_all(*STDOUT, $request) or last }
    elsif ($! != EINTR && $! != ENOENT && $! != EAGAIN) { last }
}
syscall($umount, $point, $DETACH);
kill 'KILL', $child;
waitpid $child, 0;
