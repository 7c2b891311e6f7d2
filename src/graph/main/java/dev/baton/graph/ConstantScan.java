package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.code.ClassFiles;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// Looks through the constants of task classes, and of the project's classes that they reach, for what is another one
/// in another environment: ids of accounts, Regions, and ARNs with either ([EnvironmentLiteral]).
///
/// Of the project is what comes from the same jar or folder and has the begin of the package in common, the first two
/// names of it: libraries know Regions rightly.
final class ConstantScan {
    private static final String REGIONS = "software/amazon/awssdk/regions/Region";

    private final Set<String> seen = new HashSet<>();

    /// @param report is told of each constant once, whoever reaches it
    void check(Class<?> type, Consumer<Diagnostic> report) {
        var files = new ClassFiles(type);
        var own = internal(type);
        var home = home(files, own);
        var open = new ArrayDeque<String>();
        open.add(own);
        while (!open.isEmpty()) {
            var name = open.poll();
            if (!begin(name).equals(begin(own)) || !home.equals(home(files, name)) || !seen.add(name)) {
                continue;
            }
            files.project(name)
                    .ifPresent(bytes -> new ClassReader(bytes)
                            .accept(
                                    new Reader(
                                            open::add,
                                            (place, what) -> report.accept(GraphFindings.ofOneEnvironment(
                                                    type,
                                                    name.substring(name.lastIndexOf('/') + 1)
                                                                    .replace('$', '.')
                                                            + place,
                                                    what))),
                                    ClassReader.SKIP_FRAMES));
        }
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static String begin(String name) {
        var first = name.indexOf('/');
        var second = first < 0 ? -1 : name.indexOf('/', first + 1);
        return second >= 0 ? name.substring(0, second) : first >= 0 ? name.substring(0, first) : "";
    }

    /// Where a class comes from; empty where it is nowhere.
    private static String home(ClassFiles files, String name) {
        URL url = files.loader().getResource(name + ".class");
        var text = url == null ? "" : url.toString();
        return text.endsWith(name + ".class")
                ? text.substring(0, text.length() - name.length() - ".class".length())
                : "";
    }

    private static boolean isOfAccounts(String name) {
        return name.toLowerCase(Locale.ROOT).contains("account");
    }

    private static final class Reader extends ClassVisitor {
        private final Consumer<String> reached;
        private final BiConsumer<String, String> found;

        /// @param reached is told the internal names of classes that this one names
        /// @param found is told of the member, such as `.TOPIC`, and of what is in it
        Reader(Consumer<String> reached, BiConsumer<String, String> found) {
            super(Opcodes.ASM9);
            this.reached = reached;
            this.found = found;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            if (superName != null) {
                reached.accept(superName);
            }
            if (interfaces != null) {
                Set.of(interfaces).forEach(reached);
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (value instanceof String || value instanceof Long) {
                var literal = EnvironmentLiteral.in(value.toString(), isOfAccounts(name));
                if (literal != null) {
                    found.accept("." + name, literal);
                }
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            var place = name.equals("<clinit>") || name.equals("<init>") ? "" : "." + name + "()";
            return new Constants(literal -> found.accept(place, literal), reached);
        }
    }

    /// The constants of one method. A number of twelve digits is an account's where it is called so, or where the
    /// method has to do with ARNs or addresses of AWS.
    private static final class Constants extends MethodVisitor {
        private final Consumer<String> found;
        private final Consumer<String> reached;
        private final Set<String> numbers = new LinkedHashSet<>();
        private @Nullable String last;
        private boolean aboutAws;

        Constants(Consumer<String> found, Consumer<String> reached) {
            super(Opcodes.ASM9);
            this.found = found;
            this.reached = reached;
        }

        private void constant(@Nullable Object value) {
            if (value instanceof Type type && type.getSort() == Type.OBJECT) {
                reached.accept(type.getInternalName());
            }
            if (!(value instanceof String) && !(value instanceof Long)) {
                return;
            }
            var text = value.toString();
            last = text;
            aboutAws |= text.contains("arn:") || text.contains("amazonaws.com");
            var literal = EnvironmentLiteral.in(text, false);
            if (literal != null) {
                found.accept(literal);
            } else if (EnvironmentLiteral.mayBeAccount(text)) {
                numbers.add(text);
            }
        }

        private void called(String name) {
            if (last != null && isOfAccounts(name) && numbers.remove(last)) {
                found.accept("the account " + last);
            }
            last = null;
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            reached.accept(owner);
            if (opcode == Opcodes.GETSTATIC && owner.equals(REGIONS) && name.matches("[A-Z]+(_[A-Z]+)+_[0-9]")) {
                found.accept("the Region " + name.toLowerCase(Locale.ROOT).replace('_', '-'));
            } else if (opcode == Opcodes.PUTSTATIC || opcode == Opcodes.PUTFIELD) {
                called(name);
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            reached.accept(type);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            reached.accept(owner);
            called(name.equals("<init>") ? owner.substring(owner.lastIndexOf('/') + 1) : name);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (var argument : arguments) {
                if (argument instanceof Handle handle) {
                    reached.accept(handle.getOwner());
                } else {
                    constant(argument);
                }
            }
        }

        @Override
        public void visitEnd() {
            if (aboutAws) {
                numbers.forEach(number -> found.accept("the account " + number));
            }
        }
    }
}
