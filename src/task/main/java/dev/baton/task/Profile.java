package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The profile of a task's output, where it is not to be made as for every other: what is counted while the output is
/// written, and kept in the completion record.
///
/// Without it, the content type that the task gives its output says what is counted, else the ending of the output's
/// key: `.csv`, `.jsonl`, `.ndjson`, `.parquet`; of anything else there are only bytes. A profile changes nothing of an
/// output: a task does not run again because this was written on it.
///
/// ```java
/// @Profile(value = Profile.Format.CSV, columns = {"day", "rain"})
/// public record Report(Year year) implements Task { … }
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Profile {
    Format value() default Format.DETECT;

    /// The columns that are looked at; all of them, up to 200, if nothing is said.
    String[] columns() default {};

    /// The formats that outputs are read as.
    enum Format {
        /// By content type, else by the ending of the key.
        DETECT,
        /// Comma-separated values with a header, as RFC 4180 has them, in UTF-8.
        CSV,
        /// A JSON object on each line.
        JSON_LINES,
        /// Parquet, of which the footer is read.
        PARQUET,
        /// Only bytes are counted.
        BYTES,
        /// There is no profile.
        OFF
    }
}
