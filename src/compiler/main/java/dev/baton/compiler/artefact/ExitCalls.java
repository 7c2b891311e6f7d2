package dev.baton.compiler.artefact;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// The calls that end the JVM, `System.exit`, `Runtime.exit` and `Runtime.halt`, by name or by a method reference: in
/// an author's class each becomes a call of [RuntimeExit#exit].
///
/// In Lambda such a call ends the function's own process. On a laptop functions share one process with the command,
/// which would end with them, and with 0 where the code said so.
final class ExitCalls {
    /// The class that every artefact sees beside what the account has.
    static final String TARGET = RuntimeExit.class.getName();

    private static final String OWNER = TARGET.replace('.', '/');
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String STATIC = "(I)V";
    private static final String ON_RUNTIME = "(Ljava/lang/Runtime;I)V";
    private static final byte[][] WORDS = {bytes("exit"), bytes("halt")};
    private static final byte[][] OWNERS = {bytes(SYSTEM), bytes(RUNTIME)};

    private ExitCalls() {}

    /// The class file itself where it has no such call.
    static byte[] replaced(byte[] classFile) {
        // Few classes have one, and reading all of every class would be felt at the start.
        if (!holdsAny(classFile, WORDS) || !holdsAny(classFile, OWNERS)) {
            return classFile;
        }
        try {
            var reader = new ClassReader(classFile);
            var writer = new ClassWriter(reader, 0);
            reader.accept(new Replacing(writer), 0);
            return writer.toByteArray();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Of a newer JDK, or no class file at all: the JVM says what is wrong with it.
            return classFile;
        }
    }

    private static byte[] bytes(String text) {
        // As the constant pool has it: one byte that says it is text, two of length.
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var constant = new byte[utf8.length + 3];
        constant[0] = 1;
        constant[1] = (byte) (utf8.length >> 8);
        constant[2] = (byte) utf8.length;
        System.arraycopy(utf8, 0, constant, 3, utf8.length);
        return constant;
    }

    private static boolean holdsAny(byte[] whole, byte[][] parts) {
        for (var part : parts) {
            if (holds(whole, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(byte[] whole, byte[] part) {
        for (var at = 0; at + part.length <= whole.length; at++) {
            var same = 0;
            while (same < part.length && whole[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(String owner, String name, String descriptor) {
        return descriptor.equals(STATIC)
                && (owner.equals(SYSTEM) ? name.equals("exit") : owner.equals(RUNTIME) && isRuntimes(name));
    }

    private static boolean isRuntimes(String name) {
        return name.equals("exit") || name.equals("halt");
    }

    private static String descriptor(String owner) {
        return owner.equals(SYSTEM) ? STATIC : ON_RUNTIME;
    }

    private static final class Replacing extends ClassVisitor {
        Replacing(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class Calls extends MethodVisitor {
        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            if (ends(owner, name, descriptor)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, "exit", descriptor(owner), false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            var replaced = arguments.clone();
            for (var i = 0; i < replaced.length; i++) {
                if (replaced[i] instanceof Handle handle
                        && ends(handle.getOwner(), handle.getName(), handle.getDesc())) {
                    replaced[i] = new Handle(
                            Opcodes.H_INVOKESTATIC, OWNER, "exit", descriptor(handle.getOwner()), false);
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced);
        }
    }
}
