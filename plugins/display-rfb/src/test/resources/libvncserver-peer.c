/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A VNC server on libvncserver, as small as a test needs it: peer BITS WIDTH HEIGHT [PASSWORD]
 * BITS is 32, 16 or 8 in true colour, or "map" for 8 bits with a colour map.
 *
 * It says "port N" when it listens, "size W H" when a client changes the size, and "clip HEX" when one sends text.
 * It takes lines from its standard input and answers each with "done": "dump FILE" writes the picture as a portable
 * pixmap, "size W H" makes another one, "clip HEX" and "latin HEX" put text on the clipboard; it ends with its input.
 */
#include <rfb/rfb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

static int bits = 32, map;
static char *picture;

static unsigned red(int x, int y) { return (x * 2 + (x / 16 + y / 16) % 2 * 40) & 255; }
static unsigned green(int x, int y) { return (y * 2) & 255; }
static unsigned blue(int x, int y) { return x < 64 ? 0 : (x ^ y) & 255; }

/* What the colours of a pixel come to in the server's own format. */
static unsigned value(int x, int y) {
    unsigned r = red(x, y), g = green(x, y), b = blue(x, y);
    if (map) return (r >> 5) << 5 | (g >> 5) << 2 | b >> 6;
    if (bits == 32) return r << 16 | g << 8 | b;
    if (bits == 16) return (r >> 3) << 11 | (g >> 2) << 5 | b >> 3;
    return (r >> 5) << 5 | (g >> 5) << 2 | b >> 6;
}

static void colour(unsigned v, unsigned char *rgb) {
    if (bits == 32) {
        rgb[0] = v >> 16; rgb[1] = v >> 8; rgb[2] = v;
    } else if (bits == 16) {
        rgb[0] = ((v >> 11 & 31) * 255 + 15) / 31;
        rgb[1] = ((v >> 5 & 63) * 255 + 31) / 63;
        rgb[2] = ((v & 31) * 255 + 15) / 31;
    } else {
        rgb[0] = ((v >> 5 & 7) * 255 + 3) / 7;
        rgb[1] = ((v >> 2 & 7) * 255 + 3) / 7;
        rgb[2] = ((v & 3) * 255 + 1) / 3;
    }
}

static char *paint(int w, int h) {
    int bytes = bits / 8;
    unsigned char *to = malloc((size_t)w * h * bytes);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            unsigned v = value(x, y);
            unsigned char *p = to + ((size_t)y * w + x) * bytes;
            for (int i = 0; i < bytes; i++)
                p[i] = v >> 8 * i;
        }
    return (char *)to;
}

static void format(rfbScreenInfoPtr screen) {
    rfbPixelFormat *f = &screen->serverFormat;
    f->trueColour = !map;
    f->depth = bits == 32 ? 24 : bits;
    if (bits == 32) {
        f->redMax = f->greenMax = f->blueMax = 255;
        f->redShift = 16; f->greenShift = 8; f->blueShift = 0;
    } else if (bits == 16) {
        f->redMax = f->blueMax = 31; f->greenMax = 63;
        f->redShift = 11; f->greenShift = 5; f->blueShift = 0;
    } else {
        f->redMax = f->greenMax = 7; f->blueMax = 3;
        f->redShift = 5; f->greenShift = 2; f->blueShift = 0;
    }
}

static void resize(rfbScreenInfoPtr screen, int w, int h) {
    char *old = picture;
    picture = paint(w, h);
    rfbNewFramebuffer(screen, picture, w, h, 8, 3, bits / 8);
    format(screen);
    rfbClientIteratorPtr all = rfbGetClientIterator(screen);
    rfbClientPtr client;
    while ((client = rfbClientIteratorNext(all)))
        screen->setTranslateFunction(client);
    rfbReleaseClientIterator(all);
    rfbMarkRectAsModified(screen, 0, 0, w, h);
    free(old);
}

static int asked(int w, int h, int count, struct rfbExtDesktopScreen *screens, struct _rfbClientRec *client) {
    (void)count; (void)screens;
    resize(client->screen, w, h);
    printf("size %d %d\n", w, h);
    return rfbExtDesktopSize_Success;
}

static void clip(char *text, int length) {
    printf("clip ");
    for (int i = 0; i < length && text[i]; i++) printf("%02x", (unsigned char)text[i]);
    printf("\n");
}
static void utf8(char *text, int length, rfbClientPtr client) { (void)client; clip(text, length); }
static void latin1(char *text, int length, rfbClientPtr client) { (void)client; clip(text, length); }

static void dump(rfbScreenInfoPtr screen, const char *file) {
    FILE *out = fopen(file, "wb");
    fprintf(out, "P6\n%d %d\n255\n", screen->width, screen->height);
    for (int y = 0; y < screen->height; y++)
        for (int x = 0; x < screen->width; x++) {
            unsigned char rgb[3];
            colour(value(x, y), rgb);
            fwrite(rgb, 1, 3, out);
        }
    fclose(out);
}

static void command(rfbScreenInfoPtr screen, char *line) {
    int w, h;
    char text[4096];
    line[strcspn(line, "\n")] = 0;
    if (!strncmp(line, "dump ", 5)) dump(screen, line + 5);
    else if (sscanf(line, "size %d %d", &w, &h) == 2) resize(screen, w, h);
    else if (!strncmp(line, "clip ", 5) || !strncmp(line, "latin ", 6)) {
        char *hex = strchr(line, ' ') + 1;
        int n = 0;
        unsigned b;
        while (n < (int)sizeof text - 1 && sscanf(hex + 2 * n, "%2x", &b) == 1) text[n++] = b;
        text[n] = 0;
        if (*line == 'c') rfbSendServerCutTextUTF8(screen, text, n, "?", 1);
        else rfbSendServerCutText(screen, text, n);
    }
    printf("done\n");
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    map = !strcmp(argv[1], "map");
    bits = map ? 8 : atoi(argv[1]);
    int w = atoi(argv[2]), h = atoi(argv[3]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    rfbScreenInfoPtr screen = rfbGetScreen(NULL, NULL, w, h, 8, 3, bits / 8);
    screen->frameBuffer = picture = paint(w, h);
    format(screen);
    if (map) {
        screen->colourMap.count = 256;
        screen->colourMap.is16 = FALSE;
        screen->colourMap.data.bytes = malloc(3 * 256);
        for (int i = 0; i < 256; i++) colour(i, screen->colourMap.data.bytes + 3 * i);
    }
    screen->desktopName = "libvncserver peer";
    screen->alwaysShared = TRUE;
    screen->cursor = NULL;
    screen->autoPort = TRUE;
    screen->port = 15950;
    screen->ipv6port = 0;
    screen->listenInterface = htonl(INADDR_LOOPBACK);
    screen->setDesktopSizeHook = asked;
    screen->setXCutTextUTF8 = utf8;
    screen->setXCutText = latin1;
    static char *passwords[2];
    if (argc > 4) {
        passwords[0] = argv[4];
        screen->authPasswdData = passwords;
        screen->passwordCheck = rfbCheckPasswordByList;
    }
    rfbInitServer(screen);
    if (screen->listenSock < 0) return 1;
    printf("port %d\n", screen->port);
    char line[16384];
    size_t have = 0;
    fcntl(0, F_SETFL, O_NONBLOCK);
    while (rfbIsActive(screen)) {
        rfbProcessEvents(screen, 5000);
        ssize_t n = read(0, line + have, sizeof line - 1 - have);
        if (n == 0) break;
        if (n < 0) continue;
        have += n;
        line[have] = 0;
        char *end;
        while ((end = strchr(line, '\n'))) {
            size_t length = end - line + 1;
            char one[16384];
            memcpy(one, line, length);
            one[length] = 0;
            command(screen, one);
            memmove(line, line + length, have - length + 1);
            have -= length;
        }
    }
    rfbShutdownServer(screen, TRUE);
    return 0;
}
