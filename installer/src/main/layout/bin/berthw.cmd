@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Berth as berth.cmd does, without a console window of its own. Not tested on Windows yet.
setlocal
set "INSTALL=%~dp0.."
set "JAVA=javaw"
if exist "%INSTALL%\runtime\bin\javaw.exe" set "JAVA=%INSTALL%\runtime\bin\javaw.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\javaw.exe" set "JAVA=%JAVA_HOME%\bin\javaw.exe"
start "" "%JAVA%" "@%INSTALL%\conf\jvm.options" -jar "%INSTALL%\lib\berth.jar" %*
