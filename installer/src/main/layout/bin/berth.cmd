@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Berth with the Java that JAVA_HOME names, else a Java that came with it, else the one on the PATH.
rem Not tested on Windows yet.
setlocal
set "INSTALL=%~dp0.."
set "JAVA=java"
if exist "%INSTALL%\runtime\bin\java.exe" set "JAVA=%INSTALL%\runtime\bin\java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" "@%INSTALL%\conf\jvm.options" -jar "%INSTALL%\lib\berth.jar" %*
exit /b %ERRORLEVEL%
