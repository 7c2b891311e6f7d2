package dev.baton.run.code;

import dev.baton.name.Sha256;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/// A class file without what does not change what the class does.
///
/// @param hash of what is left
/// @param references the internal names of the classes that it names
/// @param calls the methods that it names
record NormalClass(String hash, Set<String> references, Set<ClassMembers.Method> calls) {
    /// What Step Functions or people read, and no output depends on.
    private static final Set<String> DECLARATIONS = Set.of(
            "Ldev/baton/task/Intent;",
            "Ldev/baton/task/Owner;",
            "Ldev/baton/task/Retries;",
            "Ldev/baton/task/Timeout;",
            "Ldev/baton/task/Compute;",
            "Ldev/baton/task/Cron;",
            "Ldev/baton/task/Cron$All;",
            "Ldev/baton/task/Rate;",
            "Ldev/baton/task/CompleteWhen;",
            "Ldev/baton/task/Profile;");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+)[;<]");
    private static final int UTF8 = 1;
    private static final int CLASS = 7;

    static NormalClass of(byte[] classFile) {
        return of(new ClassReader(classFile), signature -> true, true);
    }

    /// A part of a class.
    ///
    /// @param methods which ones, by name and descriptor
    /// @param rest whether with fields and all that is said of the class itself
    static NormalClass of(ClassReader reader, Predicate<String> methods, boolean rest) {
        var writer = new ClassWriter(0);
        reader.accept(new Stripped(writer, methods, rest), ClassReader.SKIP_DEBUG);
        var normal = writer.toByteArray();
        var left = new ClassReader(normal);
        return new NormalClass(Sha256.hex(normal), references(left), ClassMembers.calls(left));
    }

    /// All names of classes in the constant pool, whoever uses them.
    static Set<String> references(ClassReader reader) {
        var names = new TreeSet<String>();
        var buffer = new char[reader.getMaxStringLength()];
        for (var i = 1; i < reader.getItemCount(); i++) {
            var offset = reader.getItem(i);
            if (offset == 0) {
                continue;
            }
            var tag = reader.readByte(offset - 1);
            if (tag == CLASS) {
                var name = reader.readUTF8(offset, buffer);
                if (name != null && !name.startsWith("[")) {
                    names.add(name);
                } else if (name != null) {
                    descriptors(name, names);
                }
            } else if (tag == UTF8) {
                descriptors(utf8(reader, offset), names);
            }
        }
        return names;
    }

    private static void descriptors(String text, Set<String> names) {
        if (text.indexOf(';') < 0) {
            return;
        }
        var matcher = IN_DESCRIPTOR.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    private static String utf8(ClassReader reader, int offset) {
        var length = reader.readUnsignedShort(offset);
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++) {
            text.append((char) reader.readByte(offset + 2 + i));
        }
        return text.toString();
    }

    /// Leaves out the neighbours in a source file: a task nested beside others does not reach them.
    private static final class Stripped extends ClassVisitor {
        private final Predicate<String> methods;
        private final boolean rest;

        Stripped(ClassVisitor next, Predicate<String> methods, boolean rest) {
            super(Opcodes.ASM9, next);
            this.methods = methods;
            this.rest = rest;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            super.visit(
                    Opcodes.V21,
                    access,
                    name,
                    rest ? signature : null,
                    rest ? superName : "java/lang/Object",
                    rest ? interfaces : null);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return !rest || DECLARATIONS.contains(descriptor) ? null : super.visitAnnotation(descriptor, visible);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return methods.test(name + descriptor)
                    ? super.visitMethod(access, name, descriptor, signature, exceptions)
                    : null;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            return rest ? super.visitField(access, name, descriptor, signature, value) : null;
        }

        @Override
        public @Nullable RecordComponentVisitor visitRecordComponent(
                String name, String descriptor, @Nullable String signature) {
            return rest ? super.visitRecordComponent(name, descriptor, signature) : null;
        }

        @Override
        public void visitNestHost(String host) {}

        @Override
        public void visitNestMember(String member) {}

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String inner, int access) {}

        @Override
        public void visitOuterClass(String owner, @Nullable String name, @Nullable String descriptor) {}
    }
}
