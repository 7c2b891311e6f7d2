package dev.baton.lambda.packaging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// The AWS SDK's table of what is known about each service's endpoints. As it comes, every client, also of one service
/// only, loads three hundred classes, one for each service there is. Made again, the same table looks a service up first
/// and loads its class then.
final class ServicesOnDemand {
    static final String ENTRY = "software/amazon/awssdk/regions/GeneratedServiceMetadataProvider.class";

    private static final String CLASSES = "software/amazon/awssdk/regions/servicemetadata/";
    private static final String TABLE = "SERVICE_METADATA";
    private static final String FOUND = "(Ljava/lang/String;)Lsoftware/amazon/awssdk/regions/ServiceMetadata;";
    private static final int FEWEST = 100;

    private ServicesOnDemand() {}

    /// @throws IllegalStateException where the SDK's class is not any more what this was written for
    static byte[] of(byte[] original) {
        var reader = new ClassReader(original);
        var table = new Table();
        reader.accept(table, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (!table.exists) {
            return original;
        }
        if (table.classes.size() < FEWEST || table.others != 0) {
            throw new IllegalStateException("the AWS SDK's " + reader.getClassName() + " is made in another way now ("
                    + table.classes.size() + " services): mend or remove " + ServicesOnDemand.class.getName());
        }
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        reader.accept(new Rewriting(writer, table.classes), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    /// Reads the table out of the initializer that fills it: names, each followed by a `new`.
    private static final class Table extends ClassVisitor {
        private final Map<String, String> classes = new LinkedHashMap<>();
        private boolean exists;
        private int others;

        Table() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
            if (!name.equals("<clinit>")) {
                others += name.equals("<init>") || descriptor.equals(FOUND) ? 0 : 1;
                return null;
            }
            exists = true;
            return new MethodVisitor(Opcodes.ASM9) {
                private @Nullable String service;

                @Override
                public void visitLdcInsn(Object value) {
                    service = (String) value;
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    if (service == null || !type.startsWith(CLASSES) || classes.put(service, type) != null) {
                        others++;
                    }
                    service = null;
                }
            };
        }
    }

    private static final class Rewriting extends ClassVisitor {
        private final Map<String, String> classes;

        Rewriting(ClassVisitor next, Map<String, String> classes) {
            super(Opcodes.ASM9, next);
            this.classes = classes;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            return name.equals(TABLE) ? null : super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
            if (name.equals("<clinit>")) {
                return null;
            }
            var method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!descriptor.equals(FOUND)) {
                return method;
            }
            method.visitCode();
            classes.forEach((service, type) -> {
                var next = new Label();
                method.visitLdcInsn(service);
                method.visitVarInsn(Opcodes.ALOAD, 1);
                method.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z", false);
                method.visitJumpInsn(Opcodes.IFEQ, next);
                method.visitTypeInsn(Opcodes.NEW, type);
                method.visitInsn(Opcodes.DUP);
                method.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
                method.visitInsn(Opcodes.ARETURN);
                method.visitLabel(next);
            });
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
            return null;
        }
    }
}
