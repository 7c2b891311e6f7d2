package dev.baton.run.code;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.run.FieldDigest;
import dev.baton.run.StrictFields;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parts of a task's code, so that of two codes one can tell where they differ: each class of the project, each jar
/// of others with the classes in it that the task reaches, and each resource.
///
/// A class is the project's where it comes from where the task's class does, or where its package begins as the task's
/// does, `com.acme`. Of a project that has very many, packages stand for their classes.
///
/// @param hashes by `class com.acme.Csv`, `package com.acme.csv`, `jar fastcsv-4.4.0.jar` or `resource units.json`; 16
///     hexadecimal digits each
public record CodeParts(SortedMap<String, String> hashes) {
    /// So many classes are kept one by one: a completion record of a task that reaches more would mostly be this.
    static final int CLASSES = 400;

    private static final int DIGITS = 16;

    private static final ClassValue<CodeParts> FOUND = new ClassValue<>() {
        @Override
        protected CodeParts computeValue(Class<?> type) {
            return find(type);
        }
    };

    public CodeParts {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    /// The parts of a task's code.
    ///
    /// @throws IllegalArgumentException when a resource that [dev.baton.task.Reaches] names is missing
    public static CodeParts of(Class<?> taskClass) {
        return FOUND.get(taskClass);
    }

    /// What [#json] wrote.
    ///
    /// @throws dev.baton.task.InvalidInput when it is something else
    public static CodeParts parse(byte[] utf8) {
        return new CodeParts(
                new TreeMap<>(StrictFields.parse("the parts of a code", utf8).strings("code")));
    }

    /// The object that keeps them.
    public byte[] json() {
        return Json.bytes(Map.of("code", hashes));
    }

    private static CodeParts find(Class<?> taskClass) {
        var reached = CodeHash.reached(taskClass);
        var files = new ClassFiles(taskClass);
        var own = source(files, CodeHash.internal(taskClass));
        var project = ProjectNames.of(taskClass);
        var classes = new TreeMap<String, String>();
        var jars = new TreeMap<String, Map<String, String>>();
        reached.classes().forEach((name, hash) -> {
            var source = source(files, name);
            if (source.equals(own) || project.contains(name)) {
                classes.put(name, hash);
            } else {
                jars.computeIfAbsent(MissingClass.file(source), jar -> new LinkedHashMap<>())
                        .put(name, hash);
            }
        });
        var parts = new TreeMap<String, String>();
        if (classes.size() > CLASSES) {
            var packages = new TreeMap<String, Map<String, String>>();
            classes.forEach((name, hash) -> packages.computeIfAbsent(packageOf(name), any -> new LinkedHashMap<>())
                    .put(name, hash));
            packages.forEach((name, all) -> parts.put("package " + name, together(all)));
        } else {
            classes.forEach((name, hash) -> parts.put("class " + name.replace('/', '.'), digits(hash)));
        }
        jars.forEach((jar, all) -> parts.put("jar " + jar, together(all)));
        reached.resources().forEach((path, content) -> parts.put("resource " + path, digits(Sha256.hex(content))));
        return new CodeParts(parts);
    }

    private static String source(ClassFiles files, String name) {
        var file = name + ".class";
        @Nullable URL url = files.loader().getResource(file);
        if (url == null) {
            return "";
        }
        var place = url.toString();
        return place.substring(0, Math.max(0, place.length() - file.length()));
    }

    private static String packageOf(String name) {
        var end = name.lastIndexOf('/');
        return end < 0 ? "" : name.substring(0, end).replace('/', '.');
    }

    private static String together(Map<String, String> hashes) {
        var digest = new FieldDigest().count(hashes.size());
        new TreeMap<>(hashes).forEach((name, hash) -> digest.add(name).add(hash));
        return digits(digest.hex());
    }

    private static String digits(String hash) {
        return hash.substring(0, DIGITS);
    }
}
