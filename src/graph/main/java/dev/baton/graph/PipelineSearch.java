package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.run.code.MissingClass;
import dev.baton.run.code.ReachedCode;
import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The search for pipelines by their service entries, which names every entry that is wrong and every provider that
/// fails, whatever it throws, with its jar. [java.util.ServiceLoader] stops at the first, and does not say where it is.
public final class PipelineSearch {
    private static final String ENTRIES = "META-INF/services/" + PipelineProvider.class.getName();

    private final Diagnostics findings = new Diagnostics();
    private final Map<String, Pipeline> byName = new TreeMap<>();

    private PipelineSearch() {}

    /// All pipelines that class loaders have, by name.
    ///
    /// @param loaders each asked for what its own entries name
    /// @throws DiagnosticException with all findings: TSK071 to TSK074
    public static List<Pipeline> in(Collection<? extends ClassLoader> loaders) {
        var search = new PipelineSearch();
        loaders.forEach(search::search);
        search.findings.throwIfErrors();
        return List.copyOf(search.byName.values());
    }

    private void search(ClassLoader loader) {
        // Code of providers finds around it what it finds in Lambda.
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            entries(loader).forEach((provider, jar) -> search(loader, jar, provider));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// The providers that entries name, each with its jar; one that is named twice is one.
    private static Map<String, String> entries(ClassLoader loader) {
        var entries = new LinkedHashMap<String, String>();
        try {
            for (var url : Collections.list(loader.getResources(ENTRIES))) {
                for (var provider : names(url)) {
                    entries.putIfAbsent(provider, jar(url));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the service entries cannot be read", e);
        }
        return entries;
    }

    private static List<String> names(URL url) throws IOException {
        var connection = url.openConnection();
        // What the JDK keeps open of a jar stays as it was when the jar is replaced.
        connection.setUseCaches(false);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static String jar(URL entry) {
        var place = entry.toString();
        return MissingClass.file(place.substring(0, place.length() - ENTRIES.length()));
    }

    private void search(ClassLoader loader, String jar, String provider) {
        try {
            provider(loader, jar, provider).ifPresent(made -> pipelines(jar, provider, made));
        } catch (UnsupportedClassVersionError e) {
            findings.add(newer(loader, jar, provider, e));
        } catch (Throwable e) {
            findings.add(ArtefactFindings.thrown(jar, provider, "the class", e));
        }
    }

    private static Diagnostic newer(ClassLoader loader, String jar, String provider, UnsupportedClassVersionError e) {
        var version = 0;
        try (var in = loader.getResourceAsStream(provider.replace('.', '/') + ".class")) {
            version = in == null ? 0 : ReachedCode.version(in.readAllBytes());
        } catch (IOException unread) {
            e.addSuppressed(unread);
        }
        return version > ReachedCode.LATEST
                ? ArtefactFindings.newer(provider, jar, version)
                : ArtefactFindings.thrown(jar, provider, "the class", e);
    }

    private Optional<PipelineProvider> provider(ClassLoader loader, String jar, String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            findings.add(ArtefactFindings.absent(jar, name));
            return Optional.empty();
        }
        var problem = problem(type);
        if (problem != null) {
            findings.add(ArtefactFindings.entry(
                    jar,
                    name,
                    problem,
                    "let " + type.getSimpleName() + " be a public class that implements PipelineProvider, with a public"
                            + " constructor without parameters"));
            return Optional.empty();
        }
        try {
            return Optional.of((PipelineProvider) type.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            findings.add(
                    ArtefactFindings.thrown(jar, name, "the constructor", e.getCause() == null ? e : e.getCause()));
        } catch (ReflectiveOperationException e) {
            findings.add(ArtefactFindings.thrown(jar, name, "the constructor", e));
        }
        return Optional.empty();
    }

    /// What a class lacks that a provider has.
    private static @Nullable String problem(Class<?> type) {
        if (!PipelineProvider.class.isAssignableFrom(type)) {
            return "does not implement " + PipelineProvider.class.getName();
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            return "is not public";
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return type.isInterface() ? "is an interface" : "is abstract";
        }
        return Stream.of(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0)
                ? null
                : "has no public constructor without parameters";
    }

    private void pipelines(String jar, String name, PipelineProvider provider) {
        @Nullable List<Pipeline> pipelines;
        try {
            pipelines = provider.pipelines();
        } catch (Throwable e) {
            findings.add(ArtefactFindings.thrown(jar, name, "pipelines()", e));
            return;
        }
        if (pipelines == null || pipelines.stream().anyMatch(PipelineSearch::isNull)) {
            findings.add(ArtefactFindings.entry(
                    jar,
                    name,
                    "answered null",
                    "let pipelines() answer a list of pipelines, empty where there are none"));
            return;
        }
        for (var pipeline : pipelines) {
            var other = byName.putIfAbsent(pipeline.name(), pipeline);
            if (other != null) {
                findings.add(ArtefactFindings.oneName(other, pipeline));
            }
        }
    }

    private static boolean isNull(@Nullable Pipeline pipeline) {
        return pipeline == null;
    }
}
