/* SPDX-FileCopyrightText: Evenhand contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * LD_PRELOAD library: after each successful fsync or fdatasync of a file it copies the file to $EVENHAND_SHADOW. Killing the process and
 * looking at the shadow is what a power cut would leave (reference §19): what was never synced is gone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep_copy(int descriptor)
{
    const char* folder = getenv("EVENHAND_SHADOW");
    struct stat status;
    if (!folder || fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    char link[64];
    char source[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, source, sizeof source - 1);
    if (length <= 0)
        return;
    source[length] = 0;
    const char* name = strrchr(source, '/');
    char target[PATH_MAX];
    char fresh[PATH_MAX + 8];
    snprintf(target, sizeof target, "%s/%s", folder, name ? name + 1 : source);
    snprintf(fresh, sizeof fresh, "%s.new", target);
    const int in = open(source, O_RDONLY);
    const int out = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    off_t offset = 0;
    while (in >= 0 && out >= 0 && offset < status.st_size && sendfile(out, in, &offset, (size_t)(status.st_size - offset)) > 0) { }
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    rename(fresh, target);
}

int fdatasync(int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    const int result = real(descriptor);
    if (result == 0)
        keep_copy(descriptor);
    return result;
}

int fsync(int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    const int result = real(descriptor);
    if (result == 0)
        keep_copy(descriptor);
    return result;
}
