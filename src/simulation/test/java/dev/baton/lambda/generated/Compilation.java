package dev.baton.lambda.generated;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiles generated pipelines in memory, many at once.
public final class Compilation {
    private Compilation() {}

    /// The pipelines, each with a class loader of its own.
    public static List<GeneratedPipeline> of(List<PipelineSpec> specs) {
        var sources = new ArrayList<JavaFileObject>();
        for (var spec : specs) {
            sources.add(new SourceText(
                    PipelineSource.PACKAGE, PipelineSource.className(spec), PipelineSource.of(spec)));
        }
        var classes = compiled(sources);
        var byPipeline = new HashMap<String, Map<String, byte[]>>();
        classes.forEach((name, code) -> byPipeline
                .computeIfAbsent(name.replaceFirst("\\$.*", ""), outer -> new HashMap<>())
                .put(name, code));
        return specs.stream()
                .map(spec -> {
                    var outer = PipelineSource.PACKAGE + "." + PipelineSource.className(spec);
                    var loader = new MemoryLoader(Compilation.class.getClassLoader(), outer, byPipeline.get(outer));
                    return new GeneratedPipeline(spec, loader.provided(), loader);
                })
                .toList();
    }

    static Map<String, byte[]> compiled(List<JavaFileObject> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var findings = new DiagnosticCollector<JavaFileObject>();
        var files = new MemoryFiles(compiler.getStandardFileManager(findings, null, null));
        // No debug information and no processors: they take time and nobody asks for them. Functions take Java 21,
        // whatever runs this.
        var options = List.of(
                "-source", "21", "-target", "21", "-proc:none", "-g:none", "-nowarn", "-Xlint:none", "-classpath",
                classPath());
        if (!compiler.getTask(null, files, findings, options, null, sources).call()) {
            throw new IllegalStateException("what was generated is not Java: " + findings.getDiagnostics());
        }
        var classes = new TreeMap<String, byte[]>();
        files.written.forEach((name, code) -> classes.put(name, code.toByteArray()));
        return classes;
    }

    /// What the sources name: Baton's tasks and this package.
    private static String classPath() {
        return Stream.of(PipelineProvider.class, Compilation.class)
                .map(type -> Path.of(URI.create(
                                type.getProtectionDomain().getCodeSource().getLocation().toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String packageName, String className, String text) {
            super(
                    URI.create("memory:///" + packageName.replace('.', '/') + "/" + className + ".java"),
                    Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        MemoryFiles(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var out = new ByteArrayOutputStream();
                    written.put(className, out);
                    return out;
                }
            };
        }
    }

    /// One pipeline's classes, and the entry by which it is found.
    static final class MemoryLoader extends ClassLoader {
        private static final String ENTRY = "META-INF/services/" + PipelineProvider.class.getName();

        private final String provider;
        private final Map<String, byte[]> classes;

        MemoryLoader(ClassLoader parent, String provider, Map<String, byte[]> classes) {
            super(parent);
            this.provider = provider;
            this.classes = classes;
        }

        Pipeline provided() {
            try {
                var made = (PipelineProvider) loadClass(provider).getConstructor().newInstance();
                return made.pipelines().getFirst();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(provider + " cannot be made", e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            var code = classes.get(name);
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, code, 0, code.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            var code = name.endsWith(".class")
                    ? classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    : null;
            return code == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(code);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(ENTRY)
                    ? Collections.enumeration(List.of(entry()))
                    : super.getResources(name);
        }

        private URL entry() throws IOException {
            return URL.of(URI.create("memory:///" + ENTRY), new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {
                            // It is here.
                        }

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(
                                    provider.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }
    }
}
