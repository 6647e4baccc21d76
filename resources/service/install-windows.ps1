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
# By their numbers, for their names are others in every language of Windows.
icacls $Data /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-19:(OI)(CI)M' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The rights on $Data could not be set (icacls: $LASTEXITCODE). Nothing was registered." }
$log = Join-Path $Data 'service.log'
$command = "/d /c `"`"$node`" --no-memory-protection-keys dist\host\headless.js --data `"$Data`" >> `"$log`" 2>&1`""
$action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument $command -WorkingDirectory $Program
$trigger = New-ScheduledTaskTrigger -AtStartup
$account = New-ScheduledTaskPrincipal -UserId 'LOCALSERVICE' -LogonType ServiceAccount
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName 'Negatoscope' -Action $action -Trigger $trigger -Principal $account -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName 'Negatoscope'
Write-Host "Negatoscope starts with Windows. Its log, with the address of its page: $log"
