/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fake of wslcsdk.dll and of what it needs of Windows, for tests on Linux: all exports of the SDK after 3.0.1, or with
 * SDK_3_0_1 those of that one. "Containers" are plain processes. It watches the caller: every object, handle and block that is
 * given out is counted and must come back once, to the right function; what is returned is poisoned; settings are read only
 * when something is made from them, through the pointers that they hold; callbacks come from threads of its own, with data
 * that is poisoned as soon as they return; and calls from threads outside COM are refused.
 */
#define _GNU_SOURCE
#include "wslcsdk-facts.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OK 0
#define E_POINTER ((HRESULT) 0x80004003)
#define E_INVALIDARG ((HRESULT) 0x80070057)
#define E_NOTIMPL ((HRESULT) 0x80004001)
#define STATE ((HRESULT) 0x8007139F)
enum { SESSION = 0x5e55, CONTAINER = 0xc047, PROCESS = 0x960c, SUBSCRIPTION = 0x5b5c, EVENT_HANDLE = 0xe4e7, IO_HANDLE = 0x10a9, DEAD = 0xdead };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static __thread int com;
static long live, blocks;
static int violations;
static char complaint[400];
static struct { const char *name; long count; } calls[100];

static void violate(const char *what, const char *where) {
    pthread_mutex_lock(&lock);
    if (violations++ == 0) snprintf(complaint, sizeof complaint, "%s in %s", what, where);
    pthread_mutex_unlock(&lock);
}

static int called(const char *name) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < 100; i++) {
        if (calls[i].name == NULL) calls[i].name = name;
        if (strcmp(calls[i].name, name) == 0) { calls[i].count++; break; }
    }
    pthread_mutex_unlock(&lock);
    if (com == 0) { violate("a thread outside COM", name); return 0; }
    return 1;
}
#define API __attribute__((visibility("default"))) HRESULT
#define ENTER if (!called(__func__)) return (HRESULT) 0x800401F0
#define NEED(p) if ((p) == NULL) return E_POINTER

/* What the test asks. */
__attribute__((visibility("default"))) long fake_live(void) { return live; }
__attribute__((visibility("default"))) long fake_blocks(void) { return blocks; }
__attribute__((visibility("default"))) int fake_violations(void) { return violations; }
__attribute__((visibility("default"))) const char *fake_complaint(void) { return complaint; }
__attribute__((visibility("default"))) long fake_calls(const char *name) {
    for (int i = 0; i < 100 && calls[i].name; i++) if (strcmp(calls[i].name, name) == 0) return calls[i].count;
    return 0;
}

/* Memory that is handed over. What was freed stays, poisoned, for a while, so that a second free is seen. */
typedef struct block { uint64_t magic; size_t size; } block;
static block *freed[256];
static unsigned nextFreed;
static void *give(size_t size) {
    block *b = malloc(sizeof *b + size);
    b->magic = 0xa11cULL; b->size = size;
    memset(b + 1, 0, size);
    pthread_mutex_lock(&lock); blocks++; pthread_mutex_unlock(&lock);
    return b + 1;
}
__attribute__((visibility("default"))) void CoTaskMemFree(void *p) {
    if (p == NULL) return;
    block *b = (block *) p - 1;
    if (b->magic != 0xa11cULL) { violate("memory freed twice or not ours", "CoTaskMemFree"); return; }
    b->magic = DEAD; memset(p, 0xdd, b->size);
    pthread_mutex_lock(&lock);
    blocks--; free(freed[nextFreed]); freed[nextFreed] = b; nextFreed = (nextFreed + 1) % 256;
    pthread_mutex_unlock(&lock);
}
static HRESULT message(wide **error, HRESULT code, const char *text) {
    if (error) { size_t n = strlen(text); wide *w = give(2 * n + 2); for (size_t i = 0; i < n; i++) w[i] = (unsigned char) text[i]; *error = w; }
    return code;
}
static char *utf8(const wide *w) { /* Latin 1 is enough for the tests. */
    size_t n = 0; while (w[n]) n++;
    char *s = malloc(n + 1); for (size_t i = 0; i <= n; i++) s[i] = (char) w[i];
    return s;
}

/* Objects. */
typedef struct event { int set, refs; } event;
typedef struct session { int magic; char *name, *path; event *end; int reason, gpu, images; WslcImageInfo image[16]; int refs; } session;
typedef struct process { int magic, refs; pid_t pid; int in, out, err, cancel[2], takenIn, takenOut, takenErr, attached, state, code, stdinFlag; pthread_t thread;
    int threaded, cancelled; event *end; WslcProcessCallbacks callbacks; void *ctx; } process;
typedef struct container { int magic; char id[65], name[64], *json; char **argv, **env; char *workdir; int state; process *init; WslcProcessCallbacks callbacks; void *ctx; int stdinFlag; struct container *next; session *owner; } container;
typedef struct subscription { int magic; WslcCrash callback; void *ctx; struct subscription *next; } subscription;
typedef struct handle { int magic; event *event; int fd; } handle;
static container *containers;
static subscription *subscriptions;
static WslcProcessCallbacks lastCallbacks; static void *lastCtx;
static void *dead[256]; static unsigned nextDead;

static void *made(size_t size, int magic) {
    int *o = calloc(1, size); *o = magic;
    pthread_mutex_lock(&lock); live++; pthread_mutex_unlock(&lock);
    return o;
}
static void buried(void *o, size_t size) { /* With the lock. */
    memset(o, 0xdd, size); *(int *) o = DEAD; live--;
    free(dead[nextDead]); dead[nextDead] = o; nextDead = (nextDead + 1) % 256;
}
static int is(void *o, int magic, const char *where) {
    if (*(int *) o == magic) return 1;
    violate("an object that was released, or another's", where);
    return 0;
}
#define VALID(o, m) NEED(o); if (!is(o, m, __func__)) return STATE
static event *newEvent(void) { event *e = calloc(1, sizeof *e); e->refs = 1; return e; }
static void drop(event *e) { if (--e->refs == 0) free(e); } /* With the lock. */
static void *eventHandle(event *e) { handle *h = made(sizeof *h, EVENT_HANDLE); pthread_mutex_lock(&lock); h->event = e; e->refs++; pthread_mutex_unlock(&lock); return h; }

/* Windows. */
API CoInitializeEx(void *reserved, uint32_t model) { (void) reserved; if (model != 0) return (HRESULT) 0x80010106; return com++ ? 1 : 0; }
__attribute__((visibility("default"))) void CoUninitialize(void) { com--; }
API CoIncrementMTAUsage(void **cookie) { *cookie = cookie; return OK; }
API CloseHandle(void *p) {
    handle *h = p;
    if (h->magic != EVENT_HANDLE && h->magic != IO_HANDLE) { violate("a handle closed twice or not ours", "CloseHandle"); return 0; }
    pthread_mutex_lock(&lock);
    if (h->magic == EVENT_HANDLE) drop(h->event); else close(h->fd);
    buried(h, sizeof *h);
    pthread_mutex_unlock(&lock);
    return 1;
}
__attribute__((visibility("default"))) uint32_t WaitForSingleObject(void *p, uint32_t ms) {
    handle *h = p;
    if (!is(h, EVENT_HANDLE, __func__)) return 0xffffffff;
    struct timespec t; clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += ms / 1000; t.tv_nsec += (ms % 1000) * 1000000L; if (t.tv_nsec >= 1000000000L) { t.tv_sec++; t.tv_nsec -= 1000000000L; }
    pthread_mutex_lock(&lock);
    event *e = h->event; int late = 0;
    while (!e->set && !late) late = pthread_cond_timedwait(&changed, &lock, &t) != 0;
    int set = e->set;
    pthread_mutex_unlock(&lock);
    return set ? 0 : 258;
}
API ReadFile(void *p, void *buffer, uint32_t bytes, uint32_t *count, void *o) {
    (void) o; handle *h = p; if (!is(h, IO_HANDLE, __func__)) { errno = 6; return 0; }
    ssize_t n = read(h->fd, buffer, bytes); if (n <= 0) { *count = 0; errno = 109; return 0; }
    *count = (uint32_t) n; return 1;
}
API WriteFile(void *p, const void *buffer, uint32_t bytes, uint32_t *count, void *o) {
    (void) o; handle *h = p; if (!is(h, IO_HANDLE, __func__)) { errno = 6; return 0; }
    ssize_t n = write(h->fd, buffer, bytes); if (n < 0) { errno = 109; return 0; }
    *count = (uint32_t) n; return 1;
}

/* Installation. */
API WslcGetMissingComponents(int32_t *out) { ENTER; NEED(out); *out = getenv("FAKE_MISSING") ? atoi(getenv("FAKE_MISSING")) : 0; return OK; }
API WslcGetVersion(WslcVersion *out) { ENTER; NEED(out); out->major = 3; out->minor = 0; out->revision = 1; return OK; }
API WslcInstallWithDependencies(int32_t parts, int32_t options, WslcInstall callback, void *ctx) {
    ENTER; if (parts & ~7 || options & ~1) return E_INVALIDARG; if (parts & 4) return (HRESULT) 0x8004060B;
    if ((parts & 1) && callback) { callback(1, 0, 1, ctx); callback(1, 1, 1, ctx); }
    if ((parts & 2) && callback) callback(2, 50, 100, ctx);
    return parts & 1 ? (HRESULT) 0x80070BC2 : OK;
}

/* Session. */
API WslcInitSessionSettings(const wide *name, const wide *path, SessionSettings *s) {
    ENTER; NEED(name); NEED(path); NEED(s); memset(s, 0, sizeof *s); s->displayName = name; s->storagePath = path; return OK;
}
API WslcSetSessionSettingsCpuCount(SessionSettings *s, uint32_t n) { ENTER; NEED(s); s->cpu = n; return OK; }
API WslcSetSessionSettingsMemory(SessionSettings *s, uint32_t n) { ENTER; NEED(s); s->memMb = n; return OK; }
API WslcSetSessionSettingsTimeout(SessionSettings *s, uint32_t n) { ENTER; NEED(s); s->bootTimeoutMs = n; return OK; }
API WslcSetSessionSettingsVhd(SessionSettings *s, const WslcVhdRequirements *v) {
    ENTER; NEED(s); if (v && v->sizeBytes == 0) return E_INVALIDARG; if (v && v->type) return E_NOTIMPL; if (v && v->flags) return E_INVALIDARG;
    if (v) s->vhd = *v; return OK;
}
API WslcSetSessionSettingsFeatureFlags(SessionSettings *s, uint32_t f) { ENTER; NEED(s); if (f & ~4u) return E_INVALIDARG; s->features = f; return OK; }
API WslcCreateSession(SessionSettings *s, session **out, wide **error) {
    ENTER; NEED(s); NEED(out); if (error) *error = NULL;
    char *name = utf8(s->displayName);
    if (strncmp(name, "wslc-cli", 8) == 0) { free(name); return message(error, (HRESULT) 0x80040607, "Der Name geh\xf6rt der Befehlszeile."); }
    session *one = made(sizeof *one, SESSION);
    one->name = name; one->path = utf8(s->storagePath); one->end = newEvent(); one->gpu = s->features & 4; one->reason = (int) s->memMb;
    *out = one; return OK;
}
API WslcGetSessionTerminationEvent(session *s, void **out) { ENTER; VALID(s, SESSION); NEED(out); *out = eventHandle(s->end); return OK; }
API WslcGetSessionTerminationReason(session *s, int32_t *out) { ENTER; VALID(s, SESSION); NEED(out); if (!s->end->set) return STATE; *out = 1; return OK; }
API WslcTerminateSession(session *s) {
    ENTER; VALID(s, SESSION); pthread_mutex_lock(&lock); s->end->set = 1; pthread_cond_broadcast(&changed); pthread_mutex_unlock(&lock); return OK;
}
API WslcReleaseSession(session *s) {
    ENTER; VALID(s, SESSION); free(s->name); free(s->path);
    pthread_mutex_lock(&lock); drop(s->end); buried(s, sizeof *s); pthread_mutex_unlock(&lock); return OK;
}
API WslcRegisterSessionCrashDumpCallback(session *s, WslcCrash callback, void *ctx, subscription **out, wide **error) {
    ENTER; VALID(s, SESSION); NEED(out); if (error) *error = NULL; if (callback == NULL) return E_INVALIDARG;
    subscription *one = made(sizeof *one, SUBSCRIPTION); one->callback = callback; one->ctx = ctx;
    pthread_mutex_lock(&lock); one->next = subscriptions; subscriptions = one; pthread_mutex_unlock(&lock);
    *out = one; return OK;
}
API WslcReleaseCrashDumpSubscription(subscription *s) {
    ENTER; VALID(s, SUBSCRIPTION); pthread_mutex_lock(&lock);
    for (subscription **p = &subscriptions; *p; p = &(*p)->next) if (*p == s) { *p = s->next; break; }
    buried(s, sizeof *s); pthread_mutex_unlock(&lock); return OK;
}
static void *crash(void *arg) {
    subscription *s = arg;
    wide *path = calloc(9, 2); const char *p = "C:\\d.dmp"; for (int i = 0; i < 8; i++) path[i] = (wide) p[i];
    char *name = strdup("dockerd");
    WslcSessionCrashDumpInfo *i = malloc(sizeof *i); *i = (WslcSessionCrashDumpInfo) {path, name, 4000000000u, 11, 1790000000};
    s->callback(i, s->ctx);
    memset(path, 0xdd, 18); memset(name, 0xdd, 7); memset(i, 0xdd, sizeof *i); free(path); free(name); free(i);
    return NULL;
}
__attribute__((visibility("default"))) void fake_crash(void) {
    for (subscription *s = subscriptions; s; s = s->next) { pthread_t t; pthread_create(&t, NULL, crash, s); pthread_join(t, NULL); }
}
API WslcSessionAuthenticate(session *s, const char *server, const char *user, const char *password, char **token, int32_t *type, wide **error) {
    ENTER; VALID(s, SESSION); NEED(server); NEED(user); NEED(password); NEED(token); if (error) *error = NULL;
    if (strcmp(password, "wrong") == 0) return message(error, (HRESULT) 0x80070005, "Zugriff verweigert.");
    char *t = give(strlen(user) + 8); sprintf(t, "token-%s", user); *token = t; if (type) *type = 1; return OK;
}

/* Images. */
static void added(session *s, const char *name) {
    WslcImageInfo *i = &s->image[s->images++ % 16]; memset(i, 0, sizeof *i); snprintf(i->name, 256, "%s", name);
    memset(i->sha256, 0xab, 32); i->sizeBytes = 123456789012LL; i->createdUnixTime = 1790000000;
}
static WslcImageInfo *found(session *s, const char *name) { for (int i = 0; i < s->images; i++) if (strcmp(s->image[i].name, name) == 0) return &s->image[i]; return NULL; }
typedef struct { WslcProgress callback; void *ctx; HRESULT result; } transfer;
static void *progress(void *arg) {
    transfer *t = arg;
    for (int i = 0; i <= 4 && t->result >= 0; i++) {
        WslcImageProgressMessage *m = malloc(sizeof *m); char *id = strdup("1a2b3c");
        *m = (WslcImageProgressMessage) {i == 0 ? NULL : id, i == 0 ? 1 : i == 4 ? 6 : 3, {i * 1000000000ULL, i == 0 ? 0 : 4000000000ULL}};
        t->result = t->callback(m, t->ctx);
        memset(m, 0xdd, sizeof *m); memset(id, 0xdd, 6); free(m); free(id);
    }
    return NULL;
}
static HRESULT transferred(WslcProgress callback, void *ctx) {
    if (callback == NULL) return OK;
    transfer t = {callback, ctx, OK}; pthread_t thread; pthread_create(&thread, NULL, progress, &t); pthread_join(thread, NULL); return t.result;
}
API WslcPullSessionImage(session *s, const WslcPullImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); NEED(o); NEED(o->uri); if (error) *error = NULL;
    if (strcmp(o->uri, "none") == 0) return message(error, (HRESULT) 0x80040601, "Kein solches Abbild.");
    if (strcmp(o->uri, "private") == 0 && (o->registryAuth == NULL || strcmp(o->registryAuth, "token-me") != 0)) return (HRESULT) 0x80070005;
    HRESULT r = transferred(o->progressCallback, o->progressCallbackContext); if (r < 0) return r;
    added(s, o->uri); return OK;
}
static HRESULT taken(session *s, const char *name, void *content, uint64_t bytes, const wide *path) {
    if (content == NULL && path == NULL) return E_POINTER; if (content && bytes == 0) return E_INVALIDARG;
    if (content && ((handle *) content)->magic != IO_HANDLE) return E_INVALIDARG;
    if (path) { char *p = utf8(path); int there = access(p, R_OK) == 0; free(p); if (!there) return (HRESULT) 0x80070002; }
    added(s, name); return OK;
}
API WslcImportSessionImage(session *s, const char *name, void *content, uint64_t bytes, const WslcLoadImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); NEED(name); (void) o; if (error) *error = NULL; return taken(s, name, content, bytes, NULL);
}
API WslcImportSessionImageFromFile(session *s, const char *name, const wide *path, const WslcLoadImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); NEED(name); (void) o; if (error) *error = NULL; return taken(s, name, NULL, 0, path);
}
API WslcLoadSessionImage(session *s, void *content, uint64_t bytes, const WslcLoadImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); (void) o; if (error) *error = NULL; return taken(s, "loaded:1", content, bytes, NULL);
}
API WslcLoadSessionImageFromFile(session *s, const wide *path, const WslcLoadImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); (void) o; if (error) *error = NULL; return taken(s, "loaded:2", NULL, 0, path);
}
API WslcListSessionImages(session *s, WslcImageInfo **out, uint32_t *count) {
    ENTER; VALID(s, SESSION); NEED(out); NEED(count); *count = (uint32_t) s->images;
    if (s->images == 0) { *out = NULL; return OK; }
    *out = give(sizeof(WslcImageInfo) * s->images); memcpy(*out, s->image, sizeof(WslcImageInfo) * s->images); return OK;
}
API WslcDeleteSessionImage(session *s, const char *name, wide **error) {
    ENTER; VALID(s, SESSION); NEED(name); if (error) *error = NULL; WslcImageInfo *i = found(s, name);
    if (i == NULL) return message(error, (HRESULT) 0x80040601, "Kein solches Abbild.");
    *i = s->image[--s->images]; return OK;
}
API WslcTagSessionImage(session *s, const WslcTagImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); NEED(o); if (error) *error = NULL; if (!found(s, o->image)) return message(error, (HRESULT) 0x80040601, "?");
    char name[200]; snprintf(name, sizeof name, "%s:%s", o->repo, o->tag); added(s, name); return OK;
}
API WslcPushSessionImage(session *s, const WslcPushImageOptions *o, wide **error) {
    ENTER; VALID(s, SESSION); NEED(o); NEED(o->registryAuth); if (error) *error = NULL;
    return transferred(o->progressCallback, o->progressCallbackContext);
}
API WslcCreateSessionVhdVolume(session *s, const WslcVhdRequirements *v, wide **error) {
    ENTER; VALID(s, SESSION); NEED(v); NEED(v->name); if (error) *error = NULL;
    return v->sizeBytes == 0 || v->flags & ~1u || (v->flags && v->uid != 1000) ? E_INVALIDARG : OK;
}
API WslcDeleteSessionVhdVolume(session *s, const char *name, wide **error) {
    ENTER; VALID(s, SESSION); NEED(name); if (error) *error = NULL;
    return strcmp(name, "home") == 0 ? OK : message(error, (HRESULT) 0x80040604, "Kein solcher Datentr\xe4ger.");
}

/* Process settings. */
API WslcInitProcessSettings(ProcessSettings *p) { ENTER; NEED(p); memset(p, 0, sizeof *p); return OK; }
API WslcSetProcessSettingsWorkingDirectory(ProcessSettings *p, const char *d) { ENTER; NEED(p); p->workdir = d; return OK; }
API WslcSetProcessSettingsCmdLine(ProcessSettings *p, const char *const *a, size_t n) {
    ENTER; NEED(p); if ((a == NULL) != (n == 0)) return E_INVALIDARG; p->argv = a; p->argc = (uint32_t) n; return OK;
}
API WslcSetProcessSettingsEnvVariables(ProcessSettings *p, const char *const *e, size_t n) {
    ENTER; NEED(p); if ((e == NULL) != (n == 0)) return E_INVALIDARG; p->env = e; p->envc = (uint32_t) n; return OK;
}
API WslcSetProcessSettingsCallbacks(ProcessSettings *p, const WslcProcessCallbacks *c, void *ctx) {
    ENTER; NEED(p); if (c == NULL && ctx) return E_INVALIDARG; memset(&p->callbacks, 0, sizeof p->callbacks); if (c) p->callbacks = *c; p->ctx = ctx; return OK;
}
API WslcSetProcessSettingsFlags(ProcessSettings *p, uint32_t f) { ENTER; NEED(p); if (f & ~1u) return E_INVALIDARG; p->flags = f; return OK; }

/* Running things. */
static char **copied(const char *const *a, uint32_t n) { char **c = calloc(n + 1, sizeof *c); for (uint32_t i = 0; i < n; i++) c[i] = strdup(a[i]); return c; }
static void freeAll(char **a) { for (char **p = a; p && *p; p++) { memset(*p, 0xdd, strlen(*p)); free(*p); } free(a); }
static void ended(process *p) {
    int status = 0; waitpid(p->pid, &status, 0);
    pthread_mutex_lock(&lock);
    p->state = WIFSIGNALED(status) ? 3 : 2; p->code = WIFSIGNALED(status) ? -1 : WEXITSTATUS(status);
    p->end->set = 1; pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}
static void *pump(void *arg) {
    process *p = arg;
    int fds[2] = {p->out, p->err}, open = 2;
    int listens = p->callbacks.onStdOut || p->callbacks.onStdErr || p->callbacks.onExit;
    while (listens && open && !p->cancelled) {
        struct pollfd q[3] = {{fds[0], POLLIN, 0}, {fds[1], POLLIN, 0}, {p->cancel[0], POLLIN, 0}};
        poll(q, 3, -1);
        if (q[2].revents) break;
        for (int i = 0; i < 2; i++) {
            if (fds[i] < 0 || !q[i].revents) continue;
            uint8_t *data = malloc(4096); ssize_t n = read(fds[i], data, 4096);
            if (n <= 0) { fds[i] = -1; open--; }
            else { WslcStdIOCallback c = i ? p->callbacks.onStdErr : p->callbacks.onStdOut; if (c) c(i + 1, data, (uint32_t) n, p->ctx); }
            memset(data, 0xdd, 4096); free(data);
        }
    }
    ended(p);
    if (listens && !p->cancelled && p->callbacks.onExit) p->callbacks.onExit(p->code, p->ctx);
    return NULL;
}
static process *spawned(char **argv, char **env, const char *dir, WslcProcessCallbacks callbacks, void *ctx, int attached, int in) {
    process *p = made(sizeof *p, PROCESS);
    int i[2], o[2], e[2]; pipe2(i, O_CLOEXEC); pipe2(o, O_CLOEXEC); pipe2(e, O_CLOEXEC); pipe2(p->cancel, O_CLOEXEC);
    posix_spawn_file_actions_t f; posix_spawn_file_actions_init(&f);
    posix_spawn_file_actions_adddup2(&f, i[0], 0); posix_spawn_file_actions_adddup2(&f, o[1], 1); posix_spawn_file_actions_adddup2(&f, e[1], 2);
    if (dir && *dir) posix_spawn_file_actions_addchdir_np(&f, dir);
    char *none[] = {NULL};
    int failed = posix_spawnp(&p->pid, argv[0], &f, NULL, argv, env ? env : none);
    posix_spawn_file_actions_destroy(&f);
    close(i[0]); close(o[1]); close(e[1]);
    p->in = i[1]; p->out = o[0]; p->err = e[0]; p->refs = 1; p->state = 1; p->end = newEvent(); p->attached = attached; p->stdinFlag = in;
    if (!in) { close(p->in); p->in = -1; }
    p->callbacks = callbacks; p->ctx = ctx; p->code = -1; lastCallbacks = callbacks; lastCtx = ctx;
    if (failed) { p->state = 2; p->code = 127; p->end->set = 1; } else { p->threaded = 1; pthread_create(&p->thread, NULL, pump, p); }
    return p;
}
static void unref(process *p) {
    if (--p->refs > 0) return;
    if (p->threaded) {
        pthread_mutex_lock(&lock); int running = p->state == 1; pthread_mutex_unlock(&lock);
        if (running) { p->cancelled = 1; kill(p->pid, SIGKILL); write(p->cancel[1], "x", 1); }
        pthread_join(p->thread, NULL);
    }
    close(p->cancel[0]); close(p->cancel[1]); if (p->in >= 0) close(p->in); close(p->out); close(p->err);
    pthread_mutex_lock(&lock); drop(p->end); buried(p, sizeof *p); pthread_mutex_unlock(&lock);
}
static void *late(void *arg) {
    (void) arg; uint8_t *data = malloc(4); memcpy(data, "late", 4);
    if (lastCallbacks.onStdOut) lastCallbacks.onStdOut(1, data, 4, lastCtx);
    if (lastCallbacks.onExit) lastCallbacks.onExit(5, lastCtx);
    free(data); return NULL;
}
/* Calls the functions of the last process once more, although it is gone. */
__attribute__((visibility("default"))) void fake_late(void) { pthread_t t; pthread_create(&t, NULL, late, NULL); pthread_join(t, NULL); }
__attribute__((visibility("default"))) void *fake_handle(void) { handle *h = made(sizeof *h, IO_HANDLE); h->fd = open("/dev/null", O_RDONLY | O_CLOEXEC); return h; }

API WslcGetProcessPid(process *p, uint32_t *out) { ENTER; VALID(p, PROCESS); NEED(out); *out = (uint32_t) p->pid; return OK; }
API WslcGetProcessExitEvent(process *p, void **out) { ENTER; VALID(p, PROCESS); NEED(out); *out = eventHandle(p->end); return OK; }
API WslcGetProcessState(process *p, int32_t *out) { ENTER; VALID(p, PROCESS); NEED(out); pthread_mutex_lock(&lock); *out = p->state; pthread_mutex_unlock(&lock); return OK; }
API WslcGetProcessExitCode(process *p, int32_t *out) {
    ENTER; VALID(p, PROCESS); NEED(out); pthread_mutex_lock(&lock); int s = p->state; *out = s == 2 ? p->code : -1; pthread_mutex_unlock(&lock); return s == 2 ? OK : STATE;
}
API WslcSignalProcess(process *p, int32_t n) {
    ENTER; VALID(p, PROCESS); if (n != 1 && n != 2 && n != 3 && n != 9 && n != 15) return E_INVALIDARG; kill(p->pid, n); return OK;
}
API WslcGetProcessIOHandle(process *p, int32_t which, void **out) {
    ENTER; VALID(p, PROCESS); NEED(out); if (which < 0 || which > 2) return E_INVALIDARG;
    if (!p->attached || (which && (p->callbacks.onStdOut || p->callbacks.onStdErr || p->callbacks.onExit))) return (HRESULT) 0x80070032;
    int *taken = which == 0 ? &p->takenIn : which == 1 ? &p->takenOut : &p->takenErr, *fd = which == 0 ? &p->in : which == 1 ? &p->out : &p->err;
    if (*taken || *fd < 0) return STATE;
    *taken = 1; handle *h = made(sizeof *h, IO_HANDLE); h->fd = fcntl(*fd, F_DUPFD_CLOEXEC, 3); if (which == 0) { close(p->in); p->in = -1; } *out = h; return OK;
}
API WslcReleaseProcess(process *p) {
    ENTER; VALID(p, PROCESS); if (p->threaded && pthread_equal(pthread_self(), p->thread)) { violate("released from its own thread", __func__); return (HRESULT) 0x80070649; }
    unref(p); return OK;
}

/* Container. */
API WslcInitContainerSettings(const char *image, ContainerSettings *c) { ENTER; NEED(image); NEED(c); memset(c, 0, sizeof *c); c->image = image; c->networkMode = "none"; return OK; }
API WslcSetContainerSettingsName(ContainerSettings *c, const char *s) { ENTER; NEED(c); c->name = s; return OK; }
API WslcSetContainerSettingsHostName(ContainerSettings *c, const char *s) { ENTER; NEED(c); c->host = s; return OK; }
API WslcSetContainerSettingsDomainName(ContainerSettings *c, const char *s) { ENTER; NEED(c); c->domain = s; return OK; }
API WslcSetContainerSettingsInitProcess(ContainerSettings *c, const ProcessSettings *p) { ENTER; NEED(c); c->init = p; return OK; }
API WslcSetContainerSettingsNetworkingMode(ContainerSettings *c, int32_t m) { ENTER; NEED(c); if (m & ~1) return E_INVALIDARG; c->networkMode = m ? "bridge" : "none"; return OK; }
API WslcSetContainerSettingsFlags(ContainerSettings *c, uint32_t f) { ENTER; NEED(c); c->flags = f & 3; return OK; }
API WslcSetContainerSettingsPortMappings(ContainerSettings *c, const WslcContainerPortMapping *p, uint32_t n) {
    ENTER; NEED(c); if ((p == NULL) != (n == 0)) return E_INVALIDARG;
    for (uint32_t i = 0; i < n; i++) {
        if (p[i].protocol) return E_NOTIMPL;
        uint16_t family = p[i].windowsAddress ? ((WinSockaddrStorage *) p[i].windowsAddress)->family : 2;
        if (family != 2 && family != 23) return E_INVALIDARG;
    }
    c->ports = p; c->nPorts = n; return OK;
}
API WslcSetContainerSettingsVolumes(ContainerSettings *c, const WslcContainerVolume *v, uint32_t n) { ENTER; NEED(c); if ((v == NULL) != (n == 0)) return E_INVALIDARG; c->volumes = v; c->nVolumes = n; return OK; }
API WslcSetContainerSettingsNamedVolumes(ContainerSettings *c, const WslcContainerNamedVolume *v, uint32_t n) { ENTER; NEED(c); if ((v == NULL) != (n == 0)) return E_INVALIDARG; c->named = v; c->nNamed = n; return OK; }
#ifndef SDK_3_0_1
API WslcSetContainerSettingsCapabilityAdditions(ContainerSettings *c, const char *const *a, uint32_t n) { ENTER; NEED(c); if ((a == NULL) != (n == 0)) return E_INVALIDARG; c->capAdd = a; c->nAdd = n; return OK; }
API WslcSetContainerSettingsCapabilityDrops(ContainerSettings *c, const char *const *a, uint32_t n) { ENTER; NEED(c); if ((a == NULL) != (n == 0)) return E_INVALIDARG; c->capDrop = a; c->nDrop = n; return OK; }
#endif
API WslcCreateContainer(session *s, const ContainerSettings *c, container **out, wide **error) {
    ENTER; VALID(s, SESSION); NEED(c); NEED(out); if (error) *error = NULL;
    if (!found(s, c->image)) return message(error, (HRESULT) 0x80040601, "Das Abbild fehlt.");
    if (c->nPorts && strcmp(c->networkMode, "none") == 0) return E_INVALIDARG;
    if ((c->flags & 2) && !s->gpu) return (HRESULT) 0x80070032;
    if (c->init == NULL || c->init->argc == 0) return E_INVALIDARG;
    pthread_mutex_lock(&lock); int twice = 0; for (container *o = containers; o; o = o->next) twice |= o->state != 4 && c->name && strcmp(o->name, c->name) == 0; pthread_mutex_unlock(&lock);
    if (twice) return message(error, (HRESULT) 0x800700B7, "Der Name ist vergeben.");
    container *one = made(sizeof *one, CONTAINER);
    static int serial; snprintf(one->id, 65, "%064x", __sync_add_and_fetch(&serial, 1)); snprintf(one->name, 64, "%s", c->name ? c->name : "");
    one->argv = copied(c->init->argv, c->init->argc); one->env = copied(c->init->env, c->init->envc); one->workdir = strdup(c->init->workdir ? c->init->workdir : "");
    one->stdinFlag = (int) c->init->flags; one->state = 1; one->owner = s;
    char *j = calloc(1, 4096); int n = sprintf(j, "{\"Name\":\"%s\",\"Host\":\"%s.%s\",\"Network\":\"%s\",\"Flags\":%u,\"Ports\":[", one->name, c->host ? c->host : "", c->domain ? c->domain : "", c->networkMode, c->flags);
    for (uint32_t i = 0; i < c->nPorts; i++) { uint8_t *a = c->ports[i].windowsAddress ? ((WinSockaddrIn *) c->ports[i].windowsAddress)->addr : NULL;
        n += sprintf(j + n, "\"%u.%u:%u:%u\",", a ? a[0] : 0, a ? a[3] : 0, c->ports[i].windowsPort, c->ports[i].containerPort); }
    n += sprintf(j + n, "],\"Mounts\":[");
    for (uint32_t i = 0; i < c->nVolumes; i++) { char *p = utf8(c->volumes[i].windowsPath); n += sprintf(j + n, "\"%s>%s%s\",", p, c->volumes[i].containerPath, c->volumes[i].readOnly ? ":ro" : ""); free(p); }
    for (uint32_t i = 0; i < c->nNamed; i++) n += sprintf(j + n, "\"%s=%s%s\",", c->named[i].name, c->named[i].containerPath, c->named[i].readOnly ? ":ro" : "");
    n += sprintf(j + n, "],\"Caps\":[");
#ifndef SDK_3_0_1
    for (uint32_t i = 0; i < c->nAdd; i++) n += sprintf(j + n, "\"+%s\",", c->capAdd[i]);
    for (uint32_t i = 0; i < c->nDrop; i++) n += sprintf(j + n, "\"-%s\",", c->capDrop[i]);
#endif
    sprintf(j + n, "]}"); one->json = j;
    pthread_mutex_lock(&lock); one->next = containers; containers = one; pthread_mutex_unlock(&lock);
    *out = one; return OK;
}
API WslcOpenContainer(session *s, const char *name, container **out, wide **error) {
    ENTER; VALID(s, SESSION); NEED(name); NEED(out); if (error) *error = NULL;
    container *hit = NULL; pthread_mutex_lock(&lock); for (container *o = containers; o; o = o->next) if (strcmp(o->name, name) == 0) hit = o; pthread_mutex_unlock(&lock);
    if (hit == NULL) return message(error, (HRESULT) 0x80040603, "Kein solcher Container.");
    container *one = made(sizeof *one, CONTAINER); int magic = one->magic; *one = *hit; one->magic = magic;
    one->json = strdup(hit->json); one->argv = NULL; one->env = NULL; one->workdir = NULL; one->init = NULL; *out = one; return OK;
}
API WslcSetContainerInitProcessIOCallbacks(container *c, const WslcProcessCallbacks *p, void *ctx) { ENTER; VALID(c, CONTAINER); NEED(p); c->callbacks = *p; c->ctx = ctx; return OK; }
API WslcStartContainer(container *c, uint32_t flags, wide **error) {
    ENTER; VALID(c, CONTAINER); if (error) *error = NULL; if (flags & ~1u) return E_INVALIDARG;
    if ((c->callbacks.onStdOut || c->callbacks.onExit) && !(flags & 1)) return E_INVALIDARG;
    c->init = spawned(c->argv, c->env, c->workdir, c->callbacks, c->ctx, flags & 1, c->stdinFlag); c->state = 2; return OK;
}
API WslcStopContainer(container *c, int32_t n, uint32_t seconds, wide **error) {
    ENTER; VALID(c, CONTAINER); if (error) *error = NULL; if (c->init == NULL) return (HRESULT) 0x80040605;
    kill(c->init->pid, n ? n : 15); struct timespec t; clock_gettime(CLOCK_REALTIME, &t); t.tv_sec += seconds;
    pthread_mutex_lock(&lock); while (!c->init->end->set && pthread_cond_timedwait(&changed, &lock, &t) == 0) { } int done = c->init->end->set; pthread_mutex_unlock(&lock);
    if (!done) { kill(c->init->pid, 9); pthread_mutex_lock(&lock); while (!c->init->end->set) pthread_cond_wait(&changed, &lock); pthread_mutex_unlock(&lock); }
    c->state = 3; return OK;
}
API WslcDeleteContainer(container *c, uint32_t flags, wide **error) {
    ENTER; VALID(c, CONTAINER); if (error) *error = NULL;
    if (c->state == 2 && c->init && !c->init->end->set) { if (!(flags & 1)) return message(error, (HRESULT) 0x80040606, "Er l\xe4uft noch."); kill(c->init->pid, 9); }
    c->state = 4; return OK;
}
API WslcReleaseContainer(container *c) {
    ENTER; VALID(c, CONTAINER); if (c->init && c->init->threaded && pthread_equal(pthread_self(), c->init->thread)) return (HRESULT) 0x80070649;
    if (c->init) unref(c->init);
    pthread_mutex_lock(&lock); for (container **p = &containers; *p; p = &(*p)->next) if (*p == c) { *p = c->next; break; } pthread_mutex_unlock(&lock);
    freeAll(c->argv); freeAll(c->env); free(c->workdir); free(c->json);
    pthread_mutex_lock(&lock); buried(c, sizeof *c); pthread_mutex_unlock(&lock); return OK;
}
API WslcGetContainerID(container *c, char *out) { ENTER; VALID(c, CONTAINER); NEED(out); memcpy(out, c->id, 65); return OK; }
API WslcGetContainerState(container *c, int32_t *out) {
    ENTER; VALID(c, CONTAINER); NEED(out); pthread_mutex_lock(&lock); if (c->state == 2 && c->init && c->init->end->set) c->state = 3; *out = c->state; pthread_mutex_unlock(&lock); return OK;
}
API WslcInspectContainer(container *c, char **out) { ENTER; VALID(c, CONTAINER); NEED(out); *out = give(strlen(c->json) + 1); strcpy(*out, c->json); return OK; }
API WslcGetContainerInitProcess(container *c, process **out) { ENTER; VALID(c, CONTAINER); NEED(out); if (c->init == NULL) return STATE; c->init->refs++; *out = c->init; return OK; }
API WslcCreateContainerProcess(container *c, ProcessSettings *p, process **out, wide **error) {
    ENTER; VALID(c, CONTAINER); NEED(p); NEED(out); if (error) *error = NULL; if (p->argc == 0) return E_INVALIDARG;
    if (c->init == NULL || c->init->end->set) return message(error, (HRESULT) 0x80040605, "Er l\xe4uft nicht.");
    char **argv = copied(p->argv, p->argc), **env = copied(p->env, p->envc);
    *out = spawned(argv, env, p->workdir, p->callbacks, p->ctx, 1, (int) p->flags); freeAll(argv); freeAll(env); return OK;
}
