/// The author's build as the account sees it: its jars in a class loader of their own.
@NullMarked
package dev.baton.compiler.artefact;

import org.jspecify.annotations.NullMarked;
