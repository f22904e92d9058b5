/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The images of a session. */
final class SdkImages {

    private final WslcLibrary library;
    private final NativeHandle session;

    SdkImages(WslcLibrary library, NativeHandle session) {
        this.library = library;
        this.session = session;
    }

    private interface Call {
        int with(Pointer session, PointerByReference error);
    }

    private void call(String what, Call call) throws EngineException {
        session.use(pointer -> {
            library.check(what, error -> call.with(pointer, error));
            return 0;
        });
    }

    private interface Transfer {
        void with(Keep keep, Pointer context) throws EngineException;
    }

    /** Something that tells its progress; it is told no more once this returns. */
    private static void transfer(Callbacks.ProgressListener listener, Transfer transfer) throws EngineException {
        Pointer context = Callbacks.register(listener);
        try (Keep keep = new Keep()) {
            transfer.with(keep, context);
        } finally {
            Callbacks.forget(context);
        }
    }

    /** Fetches an image. The listener ends it by saying no. */
    void pull(String reference, String login, Callbacks.ProgressListener listener) throws EngineException {
        transfer(listener, (keep, context) -> {
            Memory options = keep.zeroed(Layout.PULL);
            options.setPointer(Layout.PULL_URI, keep.utf8(reference));
            options.setPointer(Layout.PULL_CALLBACK, Callbacks.address(Callbacks.PROGRESS));
            options.setPointer(Layout.PULL_CONTEXT, context);
            if (!login.isEmpty()) {
                options.setPointer(Layout.PULL_AUTH, keep.utf8(login));
            }
            call(
                    "The image " + reference + " cannot be fetched.",
                    (pointer, error) -> library.functions().WslcPullSessionImage(pointer, options, error));
        });
    }

    /** Sends an image to its registry. */
    void push(String image, String login, Callbacks.ProgressListener listener) throws EngineException {
        transfer(listener, (keep, context) -> {
            Memory options = keep.zeroed(Layout.PUSH);
            options.setPointer(Layout.PUSH_IMAGE, keep.utf8(image));
            options.setPointer(Layout.PUSH_AUTH, keep.utf8(login));
            options.setPointer(Layout.PUSH_CALLBACK, Callbacks.address(Callbacks.PROGRESS));
            options.setPointer(Layout.PUSH_CONTEXT, context);
            call(
                    "The image " + image + " cannot be sent.",
                    (pointer, error) -> library.functions().WslcPushSessionImage(pointer, options, error));
        });
    }

    private static Memory options(Keep keep, Pointer context) {
        Memory options = keep.zeroed(Layout.TRANSFER);
        options.setPointer(Layout.TRANSFER_CALLBACK, Callbacks.address(Callbacks.PROGRESS));
        options.setPointer(Layout.TRANSFER_CONTEXT, context);
        return options;
    }

    /** Makes an image from a tar archive of a root file system. */
    void importFile(String name, Path file, Callbacks.ProgressListener listener) throws EngineException {
        transfer(
                listener,
                (keep, context) -> call(
                        "The archive " + file + " cannot be made an image.",
                        (pointer, error) -> library.functions()
                                .WslcImportSessionImageFromFile(
                                        pointer,
                                        keep.utf8(name),
                                        SdkSession.path(keep, file),
                                        options(keep, context),
                                        error)));
    }

    /** The same from a handle of Windows, which stays the caller's. */
    void importHandle(String name, Pointer handle, long bytes, Callbacks.ProgressListener listener)
            throws EngineException {
        transfer(
                listener,
                (keep, context) -> call(
                        "The archive cannot be made an image.",
                        (pointer, error) -> library.functions()
                                .WslcImportSessionImage(
                                        pointer, keep.utf8(name), handle, bytes, options(keep, context), error)));
    }

    /** Loads an archive of an image. What is no archive may be taken without a word: look at the list afterwards. */
    void loadFile(Path file, Callbacks.ProgressListener listener) throws EngineException {
        transfer(
                listener,
                (keep, context) -> call(
                        "The image in " + file + " cannot be loaded.",
                        (pointer, error) -> library.functions()
                                .WslcLoadSessionImageFromFile(
                                        pointer, SdkSession.path(keep, file), options(keep, context), error)));
    }

    /** The same from a handle of Windows, which stays the caller's. */
    void loadHandle(Pointer handle, long bytes, Callbacks.ProgressListener listener) throws EngineException {
        transfer(
                listener,
                (keep, context) -> call(
                        "The image cannot be loaded.",
                        (pointer, error) -> library.functions()
                                .WslcLoadSessionImage(pointer, handle, bytes, options(keep, context), error)));
    }

    /** All images. */
    List<SdkSettings.Image> list() throws EngineException {
        PointerByReference images = new PointerByReference();
        IntByReference count = new IntByReference();
        WslcLibrary.require(
                "The images of the session cannot be listed.",
                session.use(pointer -> library.functions().WslcListSessionImages(pointer, images, count)));
        Pointer array = images.getValue();
        if (array == null) {
            return List.of();
        }
        try {
            List<SdkSettings.Image> found = new ArrayList<>();
            for (int i = 0; i < count.getValue(); i++) {
                Pointer one = array.share((long) i * Layout.IMAGE);
                byte[] name = one.getByteArray(Layout.IMAGE_NAME, Layout.IMAGE_NAME_BYTES);
                int length = 0;
                while (length < name.length && name[length] != 0) {
                    length++;
                }
                found.add(new SdkSettings.Image(
                        new String(name, 0, length, java.nio.charset.StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(one.getByteArray(Layout.IMAGE_SHA256, 32)),
                        one.getLong(Layout.IMAGE_BYTES),
                        one.getLong(Layout.IMAGE_CREATED)));
            }
            return found;
        } finally {
            library.ole().CoTaskMemFree(array);
        }
    }

    /** Deletes one. */
    void delete(String nameOrId) throws EngineException {
        try (Keep keep = new Keep()) {
            call(
                    "The image " + nameOrId + " cannot be deleted.",
                    (pointer, error) ->
                            library.functions().WslcDeleteSessionImage(pointer, keep.utf8(nameOrId), error));
        }
    }

    /** Gives one another name. */
    void tag(String image, String repository, String tag) throws EngineException {
        try (Keep keep = new Keep()) {
            Memory options = keep.zeroed(Layout.TAG);
            options.setPointer(Layout.TAG_IMAGE, keep.utf8(image));
            options.setPointer(Layout.TAG_REPOSITORY, keep.utf8(repository));
            options.setPointer(Layout.TAG_TAG, keep.utf8(tag));
            call(
                    "The image " + image + " cannot be named " + repository + ":" + tag + ".",
                    (pointer, error) -> library.functions().WslcTagSessionImage(pointer, options, error));
        }
    }
}
