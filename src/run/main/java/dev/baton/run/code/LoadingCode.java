package dev.baton.run.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// The classes that the code of a class has the JVM load, and the methods that it calls whatever object they are called
/// on: constructors and static methods.
///
/// @param parents the superclass and the interfaces
/// @param named every class in the constant pool, loaded or not
/// @param methods by name and descriptor
record LoadingCode(List<String> parents, Set<String> named, Map<String, Loading> methods) {
    /// The class's initialiser, as a method.
    static final String INITIALISER = "<clinit>()V";

    /// What is thrown where a class is missing, and what catches it.
    private static final Set<String> CATCHES = Set.of(
            "java/lang/Throwable",
            "java/lang/Error",
            "java/lang/LinkageError",
            "java/lang/NoClassDefFoundError",
            "java/lang/ClassNotFoundException",
            "java/lang/ReflectiveOperationException");

    /// A method that is called.
    record Call(String owner, String signature) {}

    /// What one method has the JVM load and calls.
    ///
    /// @param all wherever it is in the method, unless a missing class is caught there
    /// @param sure of these the ones before the first branch
    record Loading(Set<String> all, Set<Call> allCalls, Set<String> sure, Set<Call> sureCalls) {}

    static LoadingCode of(byte[] classFile) {
        var reader = new ClassReader(classFile);
        var parents = new ArrayList<String>(List.of(reader.getInterfaces()));
        if (reader.getSuperName() != null) {
            parents.add(reader.getSuperName());
        }
        var methods = new LinkedHashMap<String, Loading>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new Reader(loading -> methods.put(name + descriptor, loading));
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new LoadingCode(parents, NormalClass.references(reader), methods);
    }

    /// Notes what each instruction has loaded, and between which labels it stands.
    private static final class Reader extends MethodVisitor {
        private final Consumer<Loading> read;
        private final List<Guard> guards = new ArrayList<>();
        private final Set<Guard> active = new LinkedHashSet<>();
        private final Map<Label, List<Guard>> handlers = new HashMap<>();
        private final List<Guard> caught = new ArrayList<>();
        private final Set<Guard> passing = new HashSet<>();
        private final List<Noted> noted = new ArrayList<>();
        private boolean straight = true;

        /// Instructions whose failure to load a class is caught.
        private record Guard(Label start, Label end, Label handler) {}

        /// @param value the internal name of a class, or a [Call]
        private record Noted(Object value, List<Guard> guards, boolean straight) {}

        Reader(Consumer<Loading> read) {
            super(Opcodes.ASM9);
            this.read = read;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type == null) {
                // A `finally`, after which what was thrown goes on.
                return;
            }
            if (CATCHES.contains(type)) {
                var guard = new Guard(start, end, handler);
                guards.add(guard);
                handlers.computeIfAbsent(handler, any -> new ArrayList<>()).add(guard);
            }
        }

        @Override
        public void visitLabel(Label label) {
            active.removeIf(guard -> guard.end().equals(label));
            guards.stream().filter(guard -> guard.start().equals(label)).forEach(active::add);
            caught.addAll(handlers.getOrDefault(label, List.of()));
        }

        private void note(Object value) {
            noted.add(new Noted(value, List.copyOf(active), straight));
        }

        private void loads(String name) {
            var type = name.startsWith("[") ? Type.getType(name).getElementType() : Type.getObjectType(name);
            if (type.getSort() == Type.OBJECT) {
                note(type.getInternalName());
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                loads(type);
            } else {
                // Of nothing but null, whose class nobody asks for.
                var before = straight;
                straight = false;
                loads(type);
                straight = before;
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            loads(descriptor);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            loads(owner);
            if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                note(new Call(owner, INITIALISER));
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            loads(owner);
            if (opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL) {
                note(new Call(owner, name + descriptor));
            }
            if (owner.equals("java/lang/Throwable") && name.equals("addSuppressed")) {
                // The end of a `try` with resources, where the compiler catches in order to close, and throws again.
                passing.addAll(caught.subList(Math.max(0, caught.size() - 2), caught.size()));
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (var argument : arguments) {
                if (argument instanceof Handle handle) {
                    loads(handle.getOwner());
                }
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            switch (value) {
                case Type type
                when type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY -> loads(type.getInternalName());
                case ConstantDynamic constant ->
                    loads(constant.getBootstrapMethod().getOwner());
                default -> {}
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            straight = false;
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            straight = false;
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            straight = false;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ATHROW || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)) {
                straight = false;
            }
        }

        @Override
        public void visitEnd() {
            var loading = new Loading(
                    new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
            for (var one : noted) {
                if (passing.containsAll(one.guards())) {
                    add(one.value(), loading.all(), loading.allCalls());
                    if (one.straight()) {
                        add(one.value(), loading.sure(), loading.sureCalls());
                    }
                }
            }
            read.accept(loading);
        }

        private static void add(Object value, Set<String> classes, Set<Call> calls) {
            switch (value) {
                case Call call -> calls.add(call);
                default -> classes.add((String) value);
            }
        }
    }
}
