/// The environments of a project, where its pipelines are put, read from one file.
@NullMarked
package dev.baton.compiler.environment;

import org.jspecify.annotations.NullMarked;
