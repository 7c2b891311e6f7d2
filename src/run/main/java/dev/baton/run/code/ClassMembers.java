package dev.baton.run.code;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A class file in parts: the class without its methods, and each method for itself.
///
/// @param before the methods that somebody may call who is not named here, before any task runs
/// @param open the methods that are not private
record ClassMembers(NormalClass header, Map<Method, Code> methods, List<Method> before, List<Method> open) {
    /// What only a run has.
    static final List<String> OF_RUNS = List.of(
            "Ldev/baton/task/TaskRun;",
            "Ldev/baton/task/Input;",
            "Ldev/baton/task/Output;",
            "Ldev/baton/task/service/References;");

    /// @param owner the internal name of the class
    /// @param signature name and descriptor
    record Method(String owner, String signature) {
        @Override
        public String toString() {
            return owner + "." + signature;
        }
    }

    /// @param calls the methods that it names
    record Code(NormalClass normal, Set<Method> calls) {}

    static ClassMembers of(byte[] classFile) {
        var reader = new ClassReader(classFile);
        var owner = reader.getClassName();
        var methods = new TreeMap<String, Set<Method>>();
        var before = new LinkedHashSet<String>();
        var open = new LinkedHashSet<String>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        var calls = new LinkedHashSet<Method>();
                        methods.put(name + descriptor, calls);
                        if ((access & Opcodes.ACC_PRIVATE) == 0) {
                            open.add(name + descriptor);
                            if (!isOfRuns(descriptor)) {
                                before.add(name + descriptor);
                            }
                        }
                        return new Calls(calls);
                    }
                },
                ClassReader.SKIP_DEBUG);
        var codes = new LinkedHashMap<Method, Code>();
        methods.forEach((signature, calls) -> codes.put(
                new Method(owner, signature), new Code(NormalClass.of(reader, signature::equals, false), calls)));
        return new ClassMembers(
                NormalClass.of(reader, signature -> false, true),
                codes,
                before.stream().map(signature -> new Method(owner, signature)).toList(),
                open.stream().map(signature -> new Method(owner, signature)).toList());
    }

    /// All methods that a class names.
    static Set<Method> calls(ClassReader reader) {
        var calls = new LinkedHashSet<Method>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new Calls(calls);
                    }
                },
                ClassReader.SKIP_DEBUG);
        return calls;
    }

    private static boolean isOfRuns(String descriptor) {
        var parameters = descriptor.substring(0, descriptor.indexOf(')'));
        return OF_RUNS.stream().anyMatch(parameters::contains);
    }

    /// Notes which methods one names, those of lambdas among them.
    private static final class Calls extends MethodVisitor {
        private final Set<Method> calls;

        Calls(Set<Method> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            calls.add(new Method(owner, name + descriptor));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            note(bootstrap);
            for (var argument : arguments) {
                note(argument);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            note(value);
        }

        private void note(Object value) {
            if (value instanceof Handle handle) {
                calls.add(new Method(handle.getOwner(), handle.getName() + handle.getDesc()));
            } else if (value instanceof ConstantDynamic constant) {
                note(constant.getBootstrapMethod());
                for (var i = 0; i < constant.getBootstrapMethodArgumentCount(); i++) {
                    note(constant.getBootstrapMethodArgument(i));
                }
            }
        }
    }
}
