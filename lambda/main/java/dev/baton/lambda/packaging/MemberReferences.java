package dev.baton.lambda.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// The AWS SDK describes each member of a request or response by two method references, and for each of them the JVM
/// makes a class when the first such request is made: 90 for `PutObjectRequest`, more than 500 for what a task does with
/// S3. Gathered, all references of one such class are one class that was made with the jar.
final class MemberReferences {
    private static final Pattern MODEL = Pattern.compile("software/amazon/awssdk/services/[^/]+/model/[^/]+\\.class");
    private static final String GATHERED = "$MemberReferences";
    private static final String FUNCTION = "()Ljava/util/function/Function;";
    private static final String CONSUMER = "()Ljava/util/function/BiConsumer;";
    /// Below that a class of its own gains little, and the jar has a limit.
    private static final int FEWEST = 12;

    private final String type;
    private final List<Handle> getters = new ArrayList<>();
    private final List<Handle> setters = new ArrayList<>();

    private MemberReferences(String type) {
        this.type = type;
    }

    static boolean concerns(String entry) {
        return MODEL.matcher(entry).matches();
    }

    /// The class without such references, and the class that they became.
    static Map<String, byte[]> gathered(String entry, byte[] original) {
        var reader = new ClassReader(original);
        var references = new MemberReferences(reader.getClassName());
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(references.replacedIn(writer), 0);
        if (references.getters.size() + references.setters.size() < FEWEST) {
            return Map.of(entry, original);
        }
        var both = new LinkedHashMap<String, byte[]>();
        both.put(entry, writer.toByteArray());
        both.put(references.name() + ".class", references.written());
        return both;
    }

    private String name() {
        return type + GATHERED;
    }

    private ClassVisitor replacedIn(ClassVisitor next) {
        return new ClassVisitor(Opcodes.ASM9, next) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
                return new MethodVisitor(
                        Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
                    @Override
                    public void visitInvokeDynamicInsn(
                            String called, String shape, Handle bootstrap, Object... arguments) {
                        var number = numbered(shape, bootstrap, arguments);
                        if (number < 0) {
                            super.visitInvokeDynamicInsn(called, shape, bootstrap, arguments);
                            return;
                        }
                        visitTypeInsn(Opcodes.NEW, name());
                        visitInsn(Opcodes.DUP);
                        visitIntInsn(Opcodes.SIPUSH, number);
                        visitMethodInsn(Opcodes.INVOKESPECIAL, name(), "<init>", "(I)V", false);
                    }
                };
            }
        };
    }

    /// The number of a reference among those of its kind; -1 where it is none that can be gathered.
    private int numbered(String shape, Handle bootstrap, Object... arguments) {
        if (!(shape.equals(FUNCTION) || shape.equals(CONSUMER))
                || !bootstrap.getName().equals("metafactory")
                || !(arguments[1] instanceof Handle target)) {
            return -1;
        }
        // What the metafactory would cast the arguments to must be what the method takes.
        var given = ((Type) arguments[2]).getArgumentTypes();
        var taken = Type.getArgumentTypes(target.getDesc());
        var owned = given[0].getInternalName().equals(target.getOwner());
        if (shape.equals(FUNCTION)
                && target.getTag() == Opcodes.H_INVOKEVIRTUAL
                && target.getOwner().equals(type)
                && owned
                && taken.length == 0
                && isReference(Type.getReturnType(target.getDesc()))) {
            getters.add(target);
            return getters.size() - 1;
        }
        if (shape.equals(CONSUMER)
                && target.getTag() == Opcodes.H_INVOKEINTERFACE
                && target.getOwner().equals(type + "$Builder")
                && owned
                && taken.length == 1
                && taken[0].equals(given[1])
                && isReference(taken[0])
                && isReference(Type.getReturnType(target.getDesc()))) {
            setters.add(target);
            return setters.size() - 1;
        }
        return -1;
    }

    private static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    private byte[] written() {
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name(),
                null,
                "java/lang/Object",
                new String[] {"java/util/function/Function", "java/util/function/BiConsumer"});
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "number", "I", null, null)
                .visitEnd();
        var made = writer.visitMethod(0, "<init>", "(I)V", null, null);
        made.visitCode();
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitVarInsn(Opcodes.ILOAD, 1);
        made.visitFieldInsn(Opcodes.PUTFIELD, name(), "number", "I");
        made.visitInsn(Opcodes.RETURN);
        made.visitMaxs(0, 0);
        made.visitEnd();
        choosing(writer, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", getters);
        choosing(writer, "accept", "(Ljava/lang/Object;Ljava/lang/Object;)V", setters);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void choosing(ClassWriter writer, String name, String descriptor, List<Handle> targets) {
        var method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        var none = new Label();
        if (!targets.isEmpty()) {
            var labels = targets.stream().map(any -> new Label()).toArray(Label[]::new);
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitFieldInsn(Opcodes.GETFIELD, name(), "number", "I");
            method.visitTableSwitchInsn(0, labels.length - 1, none, labels);
            for (var number = 0; number < labels.length; number++) {
                method.visitLabel(labels[number]);
                call(method, targets.get(number), Type.getReturnType(descriptor));
            }
        }
        method.visitLabel(none);
        method.visitTypeInsn(Opcodes.NEW, "java/lang/IllegalStateException");
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/IllegalStateException", "<init>", "()V", false);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void call(MethodVisitor method, Handle target, Type answer) {
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitTypeInsn(Opcodes.CHECKCAST, target.getOwner());
        var taken = Type.getArgumentTypes(target.getDesc());
        for (var argument = 0; argument < taken.length; argument++) {
            method.visitVarInsn(Opcodes.ALOAD, 2 + argument);
            method.visitTypeInsn(Opcodes.CHECKCAST, taken[argument].getInternalName());
        }
        var isInterface = target.getTag() == Opcodes.H_INVOKEINTERFACE;
        method.visitMethodInsn(
                isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                target.getOwner(),
                target.getName(),
                target.getDesc(),
                isInterface);
        if (answer.equals(Type.VOID_TYPE)) {
            method.visitInsn(Opcodes.POP);
            method.visitInsn(Opcodes.RETURN);
        } else {
            method.visitInsn(Opcodes.ARETURN);
        }
    }
}
