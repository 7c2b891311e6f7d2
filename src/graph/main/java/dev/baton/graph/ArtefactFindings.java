package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.run.code.MissingClass;
import dev.baton.run.code.ReachedCode;
import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The wording of all findings about the jars in which pipelines are: what is missing in them and what cannot be
/// loaded.
final class ArtefactFindings {
    private static final int FIRST_JAVA = 44;
    private static final String ENTRY = "META-INF/services/" + PipelineProvider.class.getName();

    private ArtefactFindings() {}

    static Diagnostic missing(MissingClass missing) {
        return Diagnostic.error(
                "TSK070",
                Location.named(simple(missing.referrer())),
                shown(missing.name()) + " is missing: " + shown(missing.referrer()) + " in " + missing.jar()
                        + " needs it, and neither the jars that were given nor Baton's deployed jar nor the JDK has it",
                "give the jar that has it with --jar, beside " + missing.jar());
    }

    static Diagnostic newer(String name, ReachedCode.ClassFile file) {
        return Diagnostic.error(
                "TSK073", Location.named(simple(name)), version(name, file.jar(), file.version()), RELEASE);
    }

    private static String version(String name, String jar, int version) {
        return shown(name) + " in " + jar + " is a class file of version " + version + " (Java "
                + (version - FIRST_JAVA) + "), but functions run Java " + (ReachedCode.LATEST - FIRST_JAVA);
    }

    private static final String RELEASE = "compile with --release " + (ReachedCode.LATEST - FIRST_JAVA)
            + ", or take a release of the library that was";

    /// A provider whose class file no function can load.
    static Diagnostic newer(String provider, String jar, int version) {
        return Diagnostic.error("TSK073", Location.named(jar), version(provider, jar, version), RELEASE);
    }

    /// @param problem what the class that the entry names is or lacks
    static Diagnostic entry(String jar, String provider, String problem, String remedy) {
        return Diagnostic.error(
                "TSK072", Location.named(jar), ENTRY + " names " + provider + ", which " + problem, remedy);
    }

    static Diagnostic absent(String jar, String provider) {
        return entry(
                jar,
                provider,
                "is in no jar that was given",
                "name the class that implements PipelineProvider as its package and class say, or give the jar that"
                        + " has it");
    }

    /// What the code of a provider, or the JVM that loads it, threw.
    ///
    /// @param done what was done then, such as `pipelines()`
    static Diagnostic thrown(String jar, String provider, String done, Throwable thrown) {
        return Diagnostic.error(
                thrown instanceof LinkageError && !(thrown instanceof ExceptionInInitializerError)
                        ? "TSK071"
                        : "TSK072",
                Location.named(jar),
                done + " of " + provider + " failed: " + told(thrown),
                remedy(thrown, provider));
    }

    /// A method of a task that asks for code which the JVM does not link.
    static Diagnostic thrown(Class<?> task, String method, Throwable thrown) {
        return Diagnostic.error(
                "TSK071",
                Location.named(task.getSimpleName()),
                method + " of " + task.getName() + " in " + jar(task) + " failed: " + told(thrown),
                remedy(thrown, task.getSimpleName()));
    }

    /// A pipeline whose classes the JVM does not link, or whose code threw what no method of it may throw.
    static Diagnostic broken(Class<?> root, Throwable thrown) {
        return Diagnostic.error(
                "TSK071",
                Location.named(root.getSimpleName()),
                "what it is and requires cannot be told: " + told(thrown) + ", in " + jar(root),
                remedy(thrown, root.getSimpleName()));
    }

    static Diagnostic oneName(Pipeline one, Pipeline other) {
        return Diagnostic.error(
                "TSK074",
                Location.named(one.name()),
                "two pipelines have this name: that of " + one.root().getName() + " in " + jar(one.root())
                        + " and that of " + other.root().getName() + " in " + jar(other.root()),
                "give one of them another name, or do not give both jars");
    }

    /// The file name of the jar or folder that a class comes from.
    static String jar(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "the class path"
                : MissingClass.file(source.getLocation().toString());
    }

    /// What was thrown and where, in one sentence: a stack trace is not for people who run pipelines.
    static String told(Throwable thrown) {
        var cause = thrown.getCause();
        var first = thrown instanceof ExceptionInInitializerError && cause != null ? cause : thrown;
        var where = where(first);
        return first + (where == null ? "" : ", at " + where);
    }

    private static @Nullable String where(Throwable thrown) {
        for (var frame : thrown.getStackTrace()) {
            var type = frame.getClassName();
            if (!type.startsWith("java.")
                    && !type.startsWith("jdk.")
                    && !type.startsWith("dev.baton.task.")
                    && !type.startsWith("dev.baton.compiler.artefact.")) {
                var line = frame.getFileName() + ":" + frame.getLineNumber();
                return type + "." + frame.getMethodName() + "(" + line + ")";
            }
        }
        return null;
    }

    static String remedy(Throwable thrown, String type) {
        return switch (thrown) {
            case UnsupportedClassVersionError newer -> RELEASE;
            case ExceptionInInitializerError failed -> "mend the static initialiser that " + type + " needs";
            case NoClassDefFoundError missing
            when String.valueOf(missing.getMessage()).toLowerCase(Locale.ROOT).startsWith("could not initialize") ->
                "mend the static initialiser of that class";
            case NoClassDefFoundError missing ->
                "give the jar that has this class with --jar, beside the one that needs it";
            case LinkageError other ->
                "give the version of the library that the code was compiled with: the one that is found is another";
            case StackOverflowError deep -> "end the recursion in " + type;
            default -> "let " + type + " answer without an exception, whatever the machine it runs on";
        };
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
    }

    private static String shown(String name) {
        return name.replace('/', '.');
    }
}
