package dev.baton.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A scanned class: which methods the methods of a class call, as its class file says.
final class ScannedClass {

    /// A method.
    ///
    /// @param owner the class, internal name
    /// @param name the method
    /// @param descriptor its parameters and result
    record Call(String owner, String name, String descriptor) {
        String simpleName() {
            var type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
            return name.equals("<init>") ? "new " + type : type + "." + name;
        }
    }

    private final Map<String, List<Call>> calls = new HashMap<>();
    private final List<String> parents = new ArrayList<>();

    ScannedClass(byte[] classFile) {
        new ClassReader(classFile).accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /// What a method calls, or null if the class has no such method.
    @Nullable
    List<Call> calls(String name, String descriptor) {
        return calls.get(name + descriptor);
    }

    /// The superclass and the interfaces.
    List<String> parents() {
        return parents;
    }

    /// The methods of a name, whatever their parameters.
    List<String> descriptors(String name) {
        return calls.keySet().stream()
                .filter(key -> key.startsWith(name + "("))
                .map(key -> key.substring(name.length()))
                .sorted()
                .toList();
    }

    private final class Reader extends ClassVisitor {
        Reader() {
            super(Opcodes.ASM9);
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
                parents.add(superName);
            }
            if (interfaces != null) {
                parents.addAll(List.of(interfaces));
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            var called = new ArrayList<Call>();
            calls.put(name + descriptor, called);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    called.add(new Call(owner, method, type));
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (var argument : arguments) {
                        if (argument instanceof Handle handle) {
                            called.add(new Call(handle.getOwner(), handle.getName(), handle.getDesc()));
                        }
                    }
                }
            };
        }
    }
}
