/* SPDX-FileCopyrightText: Evenhand contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Power cuts without a power switch, for LD_PRELOAD. What a program syncs below $EVENHAND_SHADOW_LIVE is copied to $EVENHAND_SHADOW; a crash is
 * SIGKILL and then the shadow in the place of the live folder (tests/support/powercut.h). So what was not synced is lost, and a file whose removal
 * was not followed by a sync of its folder comes back. With $EVENHAND_SHADOW_NO_FOLDERS set, syncs of folders do not count: the negative control.
 * Not modelled: torn writes, reordering inside a file, disks that lie. Files directly in the folder only. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int (*sync_call)(int);

/* To a name of its own first: a kill in the middle must not leave half a file in the shadow. */
static void copy_file(const char *from, const char *to)
{
    char draft[4200];
    char buffer[65536];
    ssize_t count = 0;
    snprintf(draft, sizeof draft, "%s.draft~", to);
    const int in = open(from, O_RDONLY | O_CLOEXEC);
    const int out = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (in >= 0 && out >= 0 && (count = read(in, buffer, sizeof buffer)) > 0) {
        if (write(out, buffer, (size_t)count) != count)
            break;
    }
    close(in);
    close(out);
    rename(draft, to);
}

static void forget_removed(const char *live, const char *shadow)
{
    DIR *folder = opendir(shadow);
    struct dirent *entry = NULL;
    struct stat ignored;
    char path[4200];
    while (folder && (entry = readdir(folder))) {
        snprintf(path, sizeof path, "%s/%s", live, entry->d_name);
        if (entry->d_type == DT_REG && stat(path, &ignored) != 0) {
            snprintf(path, sizeof path, "%s/%s", shadow, entry->d_name);
            unlink(path);
        }
    }
    if (folder)
        closedir(folder);
}

static void reached_the_disk(int file)
{
    const char *live = getenv("EVENHAND_SHADOW_LIVE");
    const char *shadow = getenv("EVENHAND_SHADOW");
    char link[64];
    char path[4096];
    char target[4100];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = live && shadow ? readlink(link, path, sizeof path - 1) : -1;
    if (length < 0)
        return;
    path[length] = '\0';
    const size_t prefix = strlen(live);
    if (strcmp(path, live) == 0) {
        if (!getenv("EVENHAND_SHADOW_NO_FOLDERS"))
            forget_removed(live, shadow);
    } else if (strncmp(path, live, prefix) == 0 && path[prefix] == '/' && !strchr(path + prefix + 1, '/')) {
        snprintf(target, sizeof target, "%s%s", shadow, path + prefix);
        copy_file(path, target);
    }
}

int fsync(int file)
{
    const int result = ((sync_call)dlsym(RTLD_NEXT, "fsync"))(file);
    if (result == 0)
        reached_the_disk(file);
    return result;
}

int fdatasync(int file)
{
    const int result = ((sync_call)dlsym(RTLD_NEXT, "fdatasync"))(file);
    if (result == 0)
        reached_the_disk(file);
    return result;
}
