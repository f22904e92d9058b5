@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Berth with the Java that JAVA_HOME names, else a Java that came with it, else the one on the PATH.
rem Tried under Wine, not on Windows yet.
setlocal
set "INSTALL=%~dp0.."
set "JAVA="
for %%i in (java.exe) do set "JAVA=%%~$PATH:i"
if exist "%INSTALL%\runtime\bin\java.exe" set "JAVA=%INSTALL%\runtime\bin\java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA (
  echo berth: Berth needs Java 17 or newer, and found none in JAVA_HOME or on the PATH. 1>&2
  exit /b 3
)
"%JAVA%" "@%INSTALL%\conf\jvm.options" -jar "%INSTALL%\lib\berth.jar" %*
exit /b %ERRORLEVEL%
