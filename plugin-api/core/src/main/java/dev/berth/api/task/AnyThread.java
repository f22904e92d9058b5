/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The method may be called on any thread and returns at once. On a type or package it holds for every method that says nothing else. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
public @interface AnyThread {}
