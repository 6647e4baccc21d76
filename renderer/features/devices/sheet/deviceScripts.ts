import type { SetupSheet } from './setupSheet.ts'

export interface ScriptValues {
  ourAETitle: string
  ourAddress: string
  port: string
  deviceAETitle: string
}

export function scriptValues({ values }: SetupSheet): ScriptValues {
  const [ourAETitle = '', ourAddress = '', port = '', deviceAETitle = ''] = values.map(({ value }) => value)
  return { ourAETitle, ourAddress, port: /^\d+$/.test(port) ? port : '', deviceAETitle }
}

/** A value that a command line could read as anything but a value is left out: the person types it. */
function plain(value: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9 ._:-]*$/.test(value) ? value : ''
}

/** R170: the whole test, to be run on the device or beside it. Windows. */
export function batScript(values: ScriptValues): string {
  const lines = [
    '@echo off',
    'setlocal',
    'rem Tests the way from this computer to the DICOM workstation. Enter keeps the value in brackets.',
    `set "PACS=${plain(values.ourAddress)}"`,
    `set "PORT=${plain(values.port)}"`,
    `set "CALLED=${plain(values.ourAETitle)}"`,
    `set "CALLING=${plain(values.deviceAETitle)}"`,
    'set /p "PACS=Address of the workstation [%PACS%]: "',
    'set /p "PORT=Port [%PORT%]: "',
    'set /p "CALLED=AE title of the workstation [%CALLED%]: "',
    'set /p "CALLING=AE title of this device [%CALLING%]: "',
    'echo.',
    'echo Addresses of this device:',
    'ipconfig | findstr /r /c:"[0-9][0-9]*\\.[0-9][0-9]*\\.[0-9][0-9]*\\.[0-9][0-9]*"',
    'echo.',
    // Windows calls it a success when a router answers that the address cannot be reached: a real answer has a time.
    'ping -n 2 -w 2000 %PACS% | findstr /r /c:"TTL=" /c:"[0-9]ms" >nul',
    'if errorlevel 1 (echo [WARN] %PACS% does not answer a ping. A firewall may keep pings away; the next step counts.) else (echo [PASS] %PACS% answers a ping.)',
    'powershell -NoProfile -Command "$c = New-Object Net.Sockets.TcpClient; try { if ($c.ConnectAsync($env:PACS, [int]$env:PORT).Wait(5000)) { exit 0 } else { exit 1 } } catch { exit 1 }"',
    'if errorlevel 1 (',
    '  echo [FAIL] Port %PORT% of %PACS% cannot be reached. Is the workstation on? Does its firewall let the port in?',
    '  goto end',
    ')',
    'echo [PASS] Port %PORT% of %PACS% takes a connection.',
    'where echoscu >nul 2>&1',
    'if errorlevel 1 (',
    '  echo [WARN] DICOM was not tested: echoscu of DCMTK is not on this computer. Press Echo or Verify on the device.',
    '  goto end',
    ')',
    'echoscu -aet "%CALLING%" -aec "%CALLED%" -to 10 -ta 10 %PACS% %PORT%',
    'if errorlevel 1 (echo [FAIL] The workstation refused the echo. See Devices, Someone knocked.) else (echo [PASS] The workstation answers the DICOM echo.)',
    ':end',
    'echo.',
    'pause',
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** The same for a POSIX shell. Ends with 1 when a step failed. */
export function shScript(values: ScriptValues): string {
  return `#!/bin/sh
# Tests the way from this computer to the DICOM workstation. Enter keeps the value in brackets.
PACS='${plain(values.ourAddress)}'
PORT='${plain(values.port)}'
CALLED='${plain(values.ourAETitle)}'
CALLING='${plain(values.deviceAETitle)}'
FAILED=0

ask() {
  printf '%s [%s]: ' "$1" "$2" >&2
  read -r answer || answer=
  printf '%s' "\${answer:-$2}"
}
PACS=$(ask 'Address of the workstation' "$PACS")
PORT=$(ask 'Port' "$PORT")
CALLED=$(ask 'AE title of the workstation' "$CALLED")
CALLING=$(ask 'AE title of this device' "$CALLING")

echo
echo 'Addresses of this device:'
if command -v ip >/dev/null 2>&1; then ip -4 -o addr show | awk '{ print "  " $2 "  " $4 }'
else ifconfig 2>/dev/null | awk '/inet / { print "  " $2 }'
fi

if ping -c 2 "$PACS" >/dev/null 2>&1
then echo "[PASS] $PACS answers a ping."
else echo "[WARN] $PACS does not answer a ping. A firewall may keep pings away; the next step counts."
fi

reaches() {
  if command -v nc >/dev/null 2>&1; then nc -z -w 5 "$PACS" "$PORT" >/dev/null 2>&1
  elif command -v bash >/dev/null 2>&1; then
    bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$PACS" "$PORT" 2>/dev/null
  else return 2
  fi
}
reaches
case $? in
  0) echo "[PASS] Port $PORT of $PACS takes a connection." ;;
  2) echo "[WARN] The port was not tested: neither nc nor bash is on this computer." ;;
  *) echo "[FAIL] Port $PORT of $PACS cannot be reached. Is the workstation on? Does its firewall let the port in?"
     exit 1 ;;
esac

if command -v echoscu >/dev/null 2>&1; then
  if echoscu -aet "$CALLING" -aec "$CALLED" -to 10 -ta 10 "$PACS" "$PORT"
  then echo "[PASS] The workstation answers the DICOM echo."
  else
    echo "[FAIL] The workstation refused the echo. See Devices, Someone knocked."
    FAILED=1
  fi
else echo "[WARN] DICOM was not tested: echoscu of DCMTK is not on this computer. Press Echo or Verify on the device."
fi
exit $FAILED
`
}
