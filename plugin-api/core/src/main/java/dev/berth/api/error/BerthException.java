/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a person may have to act on. Programming errors stay unchecked exceptions.
 *
 * <p>The summary is one plain sentence for the person, without class names or stack traces. The detail is for the log:
 * arguments, exit status, the last lines of standard error.
 */
public class BerthException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final ErrorKind kind;
    private final String detail;
    private final transient Remedy remedy;

    /**
     * @param code stable and dotted, for scripts: {@code engine.missing}
     * @param detail empty when the summary says it all
     */
    public BerthException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(Objects.requireNonNull(summary, "summary"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** A failure of kind {@link ErrorKind#FAILED} without a remedy. */
    public BerthException(String code, String summary, @Nullable Throwable cause) {
        this(code, ErrorKind.FAILED, summary, cause == null ? "" : String.valueOf(cause), Remedy.NONE, cause);
    }

    /** Stable and dotted, for scripts. */
    public String code() {
        return code;
    }

    /** Which of the documented ways this is. */
    public ErrorKind kind() {
        return kind;
    }

    /** One sentence for the person. */
    public String summary() {
        return Objects.requireNonNullElse(getMessage(), code);
    }

    /** What the log needs beyond the summary; may be empty. */
    public String detail() {
        return detail;
    }

    /** What to do about it; {@link Remedy#NONE} when nothing can be suggested. */
    public Remedy remedy() {
        return remedy == null ? Remedy.NONE : remedy;
    }
}
