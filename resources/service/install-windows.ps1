# Starts the headless host with Windows, before anybody signs in. Run in a PowerShell that was started as administrator:
#   .\install-windows.ps1 -Program C:\Negatoscope -Data D:\Negatoscope
# Unregister-ScheduledTask -TaskName Negatoscope takes it away again.
param(
  [string]$Program = 'C:\Negatoscope',
  [string]$Data = 'C:\ProgramData\Negatoscope'
)
$ErrorActionPreference = 'Stop'
$node = Join-Path $Program 'node_modules\node\bin\node.exe'
if (-not (Test-Path $node)) { throw "There is no $node. Run npm ci in $Program first." }
New-Item -ItemType Directory -Force -Path $Data | Out-Null
# What lies there is patients' data: SYSTEM, administrators and the account of the service alone.
icacls $Data /inheritance:r /grant 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F' 'LOCAL SERVICE:(OI)(CI)M' | Out-Null
$log = Join-Path $Data 'service.log'
$command = "/d /c `"`"$node`" dist\host\headless.js --data `"$Data`" >> `"$log`" 2>&1`""
$action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument $command -WorkingDirectory $Program
$trigger = New-ScheduledTaskTrigger -AtStartup
$account = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName 'Negatoscope' -Action $action -Trigger $trigger -Principal $account -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName 'Negatoscope'
Write-Host "Negatoscope starts with Windows. Its log, with the address of its page: $log"
