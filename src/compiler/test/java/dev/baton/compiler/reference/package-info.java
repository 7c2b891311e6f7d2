@org.jspecify.annotations.NullUnmarked
package dev.baton.compiler.reference;
